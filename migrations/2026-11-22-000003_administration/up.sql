-- People, newest first. Without it a list would skip the up to 100,000 simulated accounts of each stress test.
create index users_people on users (id) where kind = 'PERSON';
-- People of one role, newest first. Every change of access also locks the active admins.
create index users_people_by_role on users (role, id) where kind = 'PERSON';
-- Deactivated people, whose bookings must be cancelled. A sweeper looks every few seconds.
create index users_deactivated on users (access_changed_at) where kind = 'PERSON' and not is_active;

-- Entries of one action, newest first. Finds rare actions among many edits.
create index audit_log_by_action on audit_log (action, id);

-- The latest stress tests of each event, with progress and report.
create table simulations (
    event_id uuid not null constraint simulations_event_fkey references events (id),
    id uuid not null,
    state text not null default 'RUNNING' constraint simulations_state check (state in ('RUNNING', 'DONE', 'FAILED')),
    users integer not null constraint simulations_users_range check (users between 1 and 100000),
    answered integer not null default 0,
    started_at timestamptz not null default clock_timestamp(),
    finished_at timestamptz,
    failure text constraint simulations_failure check (failure in ('UNAVAILABLE', 'INTERNAL')),
    report jsonb,
    constraint simulations_pkey primary key (event_id, id),
    constraint simulations_answered_range check (answered between 0 and users),
    constraint simulations_state_is_what_is_there check (
        (state = 'RUNNING') = (finished_at is null)
        and (state = 'DONE') = (report is not null)
        and (state = 'FAILED') = (failure is not null)
    )
);
