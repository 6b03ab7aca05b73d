-- People and simulated buyers. If events are ever distributed over several databases, each one needs this table.
create table users (
    id uuid constraint users_pkey primary key,
    name text not null constraint users_name_length check (char_length(name) between 1 and 120),
    email text not null constraint users_email_length check (char_length(email) between 3 and 254),
    password_hash text not null,
    role text not null constraint users_role check (role in ('AUDIENCE', 'ORGANIZER', 'ADMIN')),
    is_active boolean not null default true,
    kind text not null constraint users_kind check (kind in ('PERSON', 'SIMULATED')),
    -- Grows when the role, the password or the activity changes. Tokens carry it, so older tokens can be told apart.
    access_version bigint not null default 1,
    access_changed_at timestamptz not null default clock_timestamp(),
    created_at timestamptz not null default clock_timestamp(),
    updated_at timestamptz not null default clock_timestamp(),
    constraint users_simulated_are_audience check (kind = 'PERSON' or role = 'AUDIENCE')
);
-- An address belongs to one account, in any capitalisation.
create unique index users_email_key on users (lower(email));
-- Every server polls for recent changes of access.
create index users_access_changed on users (access_changed_at);

create table events (
    id uuid constraint events_pkey primary key,
    organizer_id uuid not null constraint events_organizer_fkey references users (id),
    title text not null constraint events_title_length check (char_length(title) between 1 and 200),
    description text not null constraint events_description_length check (char_length(description) <= 10000),
    location text not null constraint events_location_length check (char_length(location) between 1 and 300),
    starts_at timestamptz not null,
    ends_at timestamptz not null,
    time_zone text not null,
    sales_open_at timestamptz,
    sales_close_at timestamptz,
    capacity integer not null,
    seats_remaining integer not null,
    waiting integer not null default 0,
    last_decision bigint not null default 1,
    status text not null constraint events_status check (status in ('DRAFT', 'PUBLISHED', 'CANCELLED')),
    under_test_since bigint,
    rehearsal_of uuid,
    edit_version bigint not null default 1,
    created_at timestamptz not null default clock_timestamp(),
    updated_at timestamptz not null default clock_timestamp(),
    constraint events_capacity_range check (capacity between 0 and 1000000),
    -- P1: never oversold.
    constraint events_seats_range check (seats_remaining between 0 and capacity),
    constraint events_waiting_range check (waiting >= 0),
    -- P2: no free seat beside a waitlist.
    constraint events_no_seat_beside_the_line check (seats_remaining = 0 or waiting = 0),
    constraint events_times check (starts_at < ends_at),
    constraint events_sales_window check (sales_open_at < sales_close_at),
    constraint events_decisions check (last_decision >= 1 and under_test_since <= last_decision)
)
-- Every batch changes the counters, which no index holds. Free space keeps the new version on the same page.
with (fillfactor = 50);
-- The public list of published events, by start.
create index events_published on events (starts_at, id) where status = 'PUBLISHED' and rehearsal_of is null;
-- An organizer's events, newest first. Ids grow with time.
create index events_by_organizer on events (organizer_id, id) where rehearsal_of is null;
-- Hidden copies of stress tests, for the cleanup.
create index events_rehearsals on events (rehearsal_of, id) where rehearsal_of is not null;

-- Seats and waitlist positions share one table, so that one constraint enforces P3.
create table registrations (
    event_id uuid not null constraint registrations_event_fkey references events (id),
    id uuid not null,
    user_id uuid not null constraint registrations_user_fkey references users (id),
    status text not null constraint registrations_status check (status in ('CONFIRMED', 'WAITLISTED', 'CANCELLED')),
    decision bigint not null,
    confirmed_decision bigint,
    cancelled_decision bigint,
    idempotency_key text constraint registrations_key_length check (char_length(idempotency_key) between 1 and 128),
    registered_at timestamptz not null,
    confirmed_at timestamptz,
    cancelled_at timestamptz,
    constraint registrations_pkey primary key (event_id, id),
    constraint registrations_order check (
        decision >= 1 and confirmed_decision >= decision and cancelled_decision > coalesce(confirmed_decision, decision)
    ),
    -- The status follows from the numbers. Every number has its time.
    constraint registrations_status_is_its_history check (
        (status = 'CANCELLED') = (cancelled_decision is not null)
        and (status <> 'CONFIRMED' or confirmed_decision is not null)
        and (status <> 'WAITLISTED' or confirmed_decision is null)
        and (confirmed_decision is null) = (confirmed_at is null)
        and (cancelled_decision is null) = (cancelled_at is null)
    )
);
-- P3: one booking per person.
create unique index registrations_one_place on registrations (event_id, user_id) where status <> 'CANCELLED';
-- P8: one registration per request, even after it is cancelled.
create unique index registrations_one_per_key on registrations (event_id, user_id, idempotency_key)
    where idempotency_key is not null;
-- The waitlist, in order.
create index registrations_line on registrations (event_id, decision) where status = 'WAITLISTED';
-- A person's bookings. The foreign key needs it when users are deleted.
create index registrations_by_user on registrations (user_id);

-- Decisions about an event as a whole. Together with its registrations' numbers they are the event's history.
create table event_decisions (
    event_id uuid not null constraint event_decisions_event_fkey references events (id),
    decision bigint not null,
    kind text not null constraint event_decisions_kind check (
        kind in ('CREATED', 'CAPACITY', 'PUBLISHED', 'CANCELLED', 'SIMULATION_BEGUN', 'SIMULATION_UNDONE')
    ),
    value bigint,
    decided_at timestamptz not null,
    constraint event_decisions_pkey primary key (event_id, decision),
    constraint event_decisions_value check (
        (value is not null) = (kind in ('CREATED', 'CAPACITY', 'SIMULATION_UNDONE'))
    )
);
