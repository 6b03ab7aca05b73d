-- Other programs hear of publications, too.
alter table journal drop constraint journal_news;
alter table journal add constraint journal_news check (news <@ array['PUBLISHED', 'MOVED', 'CANCELLED']);

-- Programs that are told of changes.
create table webhook_endpoints (
    id uuid not null,
    owner_id uuid not null constraint webhook_endpoints_owner_fkey references users (id),
    url text not null constraint webhook_endpoints_url_length check (char_length(url) between 1 and 1000),
    kinds text[] not null constraint webhook_endpoints_kinds check (cardinality(kinds) between 1 and 10
        and kinds <@ array['registration.confirmed', 'registration.waitlisted', 'registration.held',
        'registration.promoted', 'registration.paid', 'registration.reduced', 'registration.cancelled',
        'event.published', 'event.updated', 'event.cancelled']),
    -- An administrator's hears of all events, as long as they are one. The others hear of their owner's.
    hears_all boolean not null,
    -- Signatures are made with it, so a digest would not do.
    secret text not null constraint webhook_endpoints_secret_length check (char_length(secret) = 50),
    -- The one before, which signs along until then.
    former_secret text constraint webhook_endpoints_former_secret_length check (char_length(former_secret) = 50),
    former_until timestamptz,
    -- What was decided before is not told: it was made, or switched on, then.
    listens_since timestamptz not null default statement_timestamp(),
    off_since timestamptz,
    off_reason text constraint webhook_endpoints_off_reason check (off_reason in ('OWNER', 'FAILING', 'GONE')),
    -- Since when it has taken nothing.
    failing_since timestamptz,
    created_at timestamptz not null default statement_timestamp(),
    constraint webhook_endpoints_pkey primary key (id),
    constraint webhook_endpoints_former check ((former_secret is null) = (former_until is null)),
    constraint webhook_endpoints_off check ((off_since is null) = (off_reason is null))
);
create index webhook_endpoints_of_owner on webhook_endpoints (owner_id);
create index webhook_endpoints_of_all on webhook_endpoints (id) where hears_all;

-- What one endpoint is told of, as it stood when it was written down.
create table webhook_deliveries (
    -- A test is about no event: its id has nothing but zeros, so there is no foreign key.
    event_id uuid not null,
    id uuid not null,
    endpoint_id uuid not null constraint webhook_deliveries_endpoint_fkey
        references webhook_endpoints (id) on delete cascade,
    kind text not null constraint webhook_deliveries_kind check (kind in ('registration.confirmed',
        'registration.waitlisted', 'registration.held', 'registration.promoted', 'registration.paid',
        'registration.reduced', 'registration.cancelled', 'event.published', 'event.updated', 'event.cancelled', 'ping')),
    -- The registration; the event, if it is about all of it; the endpoint of a test.
    subject_id uuid not null,
    -- Among changes of this kind. With it each is told once.
    number bigint not null,
    -- The event's last decision, and the version of its edits, when this was read.
    event_number bigint not null,
    event_version bigint,
    status text,
    user_id uuid,
    seats smallint,
    ticket_type smallint,
    arrival bigint,
    cancellation text,
    occurred_at timestamptz not null,
    state text not null default 'DUE'
        constraint webhook_deliveries_state check (state in ('DUE', 'DELIVERED', 'FAILED')),
    created_at timestamptz not null default statement_timestamp(),
    -- When it is to be sent, or tried again.
    due_at timestamptz not null default statement_timestamp(),
    tries smallint not null default 0,
    ended_at timestamptz,
    last_status smallint constraint webhook_deliveries_last_status check (last_status between 100 and 999),
    last_error text constraint webhook_deliveries_last_error_length check (char_length(last_error) <= 300),
    last_answer text constraint webhook_deliveries_last_answer_length check (char_length(last_answer) <= 1024),
    constraint webhook_deliveries_pkey primary key (event_id, id),
    constraint webhook_deliveries_once unique (event_id, endpoint_id, subject_id, kind, number),
    constraint webhook_deliveries_end check ((state = 'DUE') = (ended_at is null)),
    constraint webhook_deliveries_registration check ((kind like 'registration.%') = (user_id is not null
        and status is not null and seats is not null and ticket_type is not null and arrival is not null))
)
-- Each row is changed twice within moments, so that space comes free as quickly as it is used.
with (autovacuum_vacuum_scale_factor = 0.01);
create index webhook_deliveries_due on webhook_deliveries (endpoint_id, due_at) where state = 'DUE';
create index webhook_deliveries_newest on webhook_deliveries (endpoint_id, id);
create index webhook_deliveries_ended on webhook_deliveries (ended_at) where ended_at is not null;

-- Owners are told of an endpoint that was switched off.
alter table account_mails drop constraint account_mails_kind;
alter table account_mails add constraint account_mails_kind check (kind in ('VERIFY_ADDRESS', 'RESET_PASSWORD',
    'CHANGE_ADDRESS', 'INVITATION', 'ADDRESS_TAKEN', 'ADDRESS_CHANGED', 'PASSWORD_RESET', 'WEBHOOK_OFF'));
