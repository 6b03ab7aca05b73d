-- How an event's door works. An event without a row has the defaults, and no ticket of it was ever shown.
create table event_doors (
    event_id uuid not null constraint event_doors_pkey primary key
        constraint event_doors_event_fkey references events (id),
    -- The key of its tickets' codes: made when the first ticket is shown, and renewed by its organizer.
    ticket_key bytea constraint event_doors_ticket_key_length check (octet_length(ticket_key) = 32),
    key_since timestamptz,
    -- How long before the start people are let in; null: at any time.
    opens_minutes_before integer default 1440
        constraint event_doors_opens_minutes_before check (opens_minutes_before between 0 and 43200),
    constraint event_doors_key check ((ticket_key is null) = (key_since is null))
);

-- Accounts that may check people in at one event, beside those who run it.
create table door_staff (
    event_id uuid not null constraint door_staff_event_fkey references events (id),
    user_id uuid not null constraint door_staff_user_fkey references users (id),
    added_at timestamptz not null default statement_timestamp(),
    constraint door_staff_pkey primary key (event_id, user_id)
);
-- The events at which a person may check people in.
create index door_staff_user on door_staff (user_id, event_id);

-- A row for each scan that let somebody in. A gate that was alone may have let in whom the server would not have: such
-- a scan does not count, and says why not.
create table check_ins (
    event_id uuid not null,
    -- Made by the device. A scan that is sent twice has one row.
    id uuid not null,
    registration_id uuid not null,
    -- A registration of n seats is the tickets 1 to n.
    ticket smallint not null constraint check_ins_ticket check (ticket between 1 and 10),
    gate text not null constraint check_ins_gate_length check (char_length(gate) between 1 and 40),
    device text not null constraint check_ins_device_length check (char_length(device) between 1 and 60),
    -- By the device's clock, which may be wrong.
    scanned_at timestamptz not null,
    received_at timestamptz not null default statement_timestamp(),
    -- No account's row is ever deleted, so a foreign key would only have every scan lock that of its staff.
    scanned_by uuid not null,
    -- Why it does not count; null: it does.
    obstacle text constraint check_ins_obstacle
        check (obstacle in ('ALREADY_IN', 'GIVEN_UP', 'UNPAID', 'EVENT_OFF')),
    undone_at timestamptz,
    undone_by uuid,
    undone_reason text constraint check_ins_undone_reason_length check (char_length(undone_reason) between 1 and 200),
    constraint check_ins_pkey primary key (event_id, id),
    constraint check_ins_registration_fkey foreign key (event_id, registration_id)
        references registrations (event_id, id),
    constraint check_ins_undone check (
        (undone_at is null) = (undone_by is null) and (undone_at is null) = (undone_reason is null)
    )
);
-- Of all scans of a ticket, one lets in.
create unique index check_ins_ticket_once on check_ins (event_id, registration_id, ticket)
    where obstacle is null and undone_at is null;
-- For the list, the newest first.
create index check_ins_by_time on check_ins (event_id, received_at, id);
-- For those that people have to settle.
create index check_ins_open on check_ins (event_id, received_at, id) where obstacle is not null and undone_at is null;

alter table api_keys drop constraint api_keys_permissions;
alter table api_keys add constraint api_keys_permissions check (
    cardinality(permissions) between 1 and 6
    and permissions <@ array['BOOK', 'CHECK_IN', 'MANAGE_OWN_EVENTS', 'RUN_ANY_EVENT', 'SIMULATE', 'READ_AUDIT']
);
