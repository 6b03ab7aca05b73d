-- What people must hear of. A batch writes it down in its own transaction. Its reader makes messages of it and deletes
-- it, so whatever is left is to be done.
create table journal (
    event_id uuid not null constraint journal_event_fkey references events (id),
    id bigint generated always as identity,
    -- The event's last decision in the batch.
    decision bigint not null,
    written_at timestamptz not null,
    news text[] not null
        constraint journal_news check (news <@ array['MOVED', 'CANCELLED']),
    registrations uuid[] not null constraint journal_registrations_length check (cardinality(registrations) <= 1000),
    constraint journal_pkey primary key (event_id, id),
    constraint journal_not_empty check (cardinality(news) + cardinality(registrations) > 0)
)
-- A sale adds rows quickly, and all of them are deleted: without this the table grows with each sale.
with (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000);
-- Ids hardly compress, and the batch holds a lock.
alter table journal alter column registrations set storage external;
create index journal_oldest on journal (written_at, id);

-- Whatever is told to many people of an event. Each is walked in the order of the registrations' ids.
create table announcements (
    event_id uuid not null constraint announcements_event_fkey references events (id),
    kind text not null constraint announcements_kind check (kind in ('MOVED', 'EVENT_CANCELLED', 'ANNOUNCEMENT')),
    number bigint not null,
    -- Registrations that were made later are not told of it.
    decision bigint,
    audience text not null constraint announcements_audience check (audience in ('CONFIRMED', 'WAITING', 'BOTH')),
    subject text constraint announcements_subject_length check (char_length(subject) between 1 and 150),
    body text constraint announcements_body_length check (char_length(body) between 1 and 5000),
    author_id uuid constraint announcements_author_fkey references users (id),
    idempotency_key text,
    created_at timestamptz not null default statement_timestamp(),
    -- Those before this one have their messages.
    walked_to uuid,
    people integer not null default 0,
    walked_at timestamptz,
    constraint announcements_pkey primary key (event_id, kind, number),
    constraint announcements_one_per_key unique (event_id, author_id, idempotency_key),
    constraint announcements_words check ((kind = 'ANNOUNCEMENT') = (subject is not null and body is not null)
        and (subject is null) = (body is null))
);
create index announcements_to_walk on announcements (created_at) where walked_at is null;

-- What is told to one person about one registration.
create table messages (
    event_id uuid not null,
    id uuid not null,
    registration_id uuid not null,
    kind text not null constraint messages_kind check (kind in ('CONFIRMED', 'IN_LINE', 'PROMOTED', 'HELD', 'PAID',
        'ABOUT_TO_LAPSE', 'LAPSED', 'PASSED', 'REDUCED', 'REMOVED', 'MOVED', 'EVENT_CANCELLED', 'REMINDER',
        'ANNOUNCEMENT')),
    -- What it is about: a decision, a deadline, an announcement. With it each message is made once.
    number bigint not null,
    user_id uuid not null constraint messages_user_fkey references users (id),
    state text not null default 'DUE'
        constraint messages_state check (state in ('DUE', 'SHOWN', 'SENT', 'FAILED', 'OBSOLETE')),
    created_at timestamptz not null default statement_timestamp(),
    -- When it is to be told, or tried again.
    due_at timestamptz not null,
    tries smallint not null default 0,
    last_error text constraint messages_last_error_length check (char_length(last_error) <= 300),
    ended_at timestamptz,
    -- When the mail server first took it.
    sent_at timestamptz,
    -- The facts that it told, or tried to tell.
    told jsonb,
    constraint messages_pkey primary key (event_id, id),
    constraint messages_once unique (event_id, registration_id, kind, number),
    constraint messages_registration_fkey foreign key (event_id, registration_id)
        references registrations (event_id, id),
    constraint messages_end check ((state = 'DUE') = (ended_at is null)),
    constraint messages_facts check ((state in ('SHOWN', 'SENT')) <= (told is not null))
)
-- Each row is changed twice within moments, so that space comes free as quickly as it is used.
with (autovacuum_vacuum_scale_factor = 0.01);
create index messages_due on messages (due_at) where state = 'DUE';
create index messages_failed on messages (event_id, id) where state = 'FAILED';
create index messages_of_person on messages (user_id, id);
create index messages_newest on messages (id);
create index messages_ended on messages (ended_at) where ended_at is not null;
