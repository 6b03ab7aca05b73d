-- What an event asks of whoever has to pay. Without a currency it has no price above 0.
alter table events
    add column currency text constraint events_currency check (currency ~ '^[A-Z]{3}$'),
    add column hold_minutes integer constraint events_hold_minutes check (hold_minutes between 15 and 20160),
    add column line_hold_minutes integer
        constraint events_line_hold_minutes check (line_hold_minutes between 15 and 20160),
    add column grace_minutes integer not null default 0
        constraint events_grace_minutes check (grace_minutes between 0 and 10080),
    add column refund_until timestamptz,
    add column payment_instructions text not null default ''
        constraint events_payment_instructions_length check (char_length(payment_instructions) <= 1000);
-- The event's counts are the sums over its types. Each type's row has the promise about its own line.
alter table events drop constraint events_no_seat_beside_the_line;

-- The kinds of seats of an event, numbered within it. Each has its own line.
create table ticket_types (
    event_id uuid not null constraint ticket_types_event_fkey references events (id),
    number smallint not null constraint ticket_types_number_range check (number between 1 and 60),
    name text not null constraint ticket_types_name_length check (char_length(name) between 1 and 80),
    capacity integer not null constraint ticket_types_capacity_range check (capacity between 0 and 1000000),
    seats_remaining integer not null,
    -- Registrations in line, the seats that they want, and the seats that the first of them wants.
    waiting integer not null default 0,
    seats_wanted integer not null default 0,
    head_wants integer not null default 0,
    seats_per_registration integer not null default 1
        constraint ticket_types_party_range check (seats_per_registration between 1 and 10),
    -- Whether a person has ever registered for it.
    is_used boolean not null default false,
    -- In minor units of the event's currency.
    money_taken bigint not null default 0,
    money_held bigint not null default 0,
    money_owed bigint not null default 0,
    constraint ticket_types_pkey primary key (event_id, number),
    -- P1: never oversold.
    constraint ticket_types_seats_range check (seats_remaining between 0 and capacity),
    -- P2: nobody waits, or the head of the line wants more than is free.
    constraint ticket_types_line check (
        (waiting = 0) = (head_wants = 0) and (head_wants = 0 or seats_remaining < head_wants)
        and waiting >= 0 and head_wants between 0 and 10 and seats_wanted between waiting and 10 * waiting::bigint
    ),
    -- A party that waits must fit once.
    constraint ticket_types_party_fits check (seats_per_registration = 1 or seats_per_registration <= capacity),
    constraint ticket_types_money check (money_taken >= 0 and money_held >= 0 and money_owed between 0 and money_taken)
)
-- Every batch changes the counts, which no index holds. Free space keeps the new version on the same page.
with (fillfactor = 50);

-- What a seat of a type costs, numbered within the event. Several prices share the seats of their type.
create table prices (
    event_id uuid not null,
    number smallint not null constraint prices_number_range check (number between 1 and 60),
    ticket_type smallint not null,
    name text not null constraint prices_name_length check (char_length(name) between 1 and 80),
    amount bigint not null constraint prices_amount_range check (amount between 0 and 1000000000),
    opens_at timestamptz,
    closes_at timestamptz,
    seat_limit integer constraint prices_seat_limit_range check (seat_limit between 0 and 1000000),
    code text constraint prices_code_form check (code ~ '^[A-Z0-9_-]{1,40}$'),
    is_closed boolean not null default false,
    -- Seats of registrations that stand: held, confirmed or waiting.
    standing integer not null default 0 constraint prices_standing_range check (standing >= 0),
    is_used boolean not null default false,
    constraint prices_pkey primary key (event_id, number),
    constraint prices_type_fkey foreign key (event_id, ticket_type) references ticket_types (event_id, number),
    constraint prices_window check (opens_at < closes_at),
    -- P1: no more seats than the limit.
    constraint prices_standing_limit check (standing <= seat_limit)
)
with (fillfactor = 50);

-- Bookings wait meanwhile.
lock table registrations in share mode;
insert into ticket_types (event_id, number, name, capacity, seats_remaining, waiting, seats_wanted, head_wants, is_used)
select id, 1, 'Admission', capacity, seats_remaining, waiting, waiting, least(waiting, 1),
    rehearsal_of is null and exists (
        select from registrations r where r.event_id = events.id
        and (events.under_test_since is null or r.decision < events.under_test_since)
    )
from events;
insert into prices (event_id, number, ticket_type, name, amount, standing, is_used)
select event_id, 1, 1, 'Admission', 0, capacity - seats_remaining + waiting, is_used from ticket_types;

-- All older registrations are of one seat of type 1 at price 1, for nothing.
alter table registrations rename column confirmed_decision to seated_decision;
alter table registrations rename column confirmed_at to seated_at;
alter table registrations
    add column ticket_type smallint not null default 1,
    add column seats_booked smallint not null default 1,
    add column seats smallint not null default 1,
    -- The price of all its seats, unless they are split.
    add column price smallint default 1,
    -- Prices and numbers of seats in turn, if there are several prices.
    add column split smallint[],
    add column amount bigint not null default 0,
    -- The deadline of seats that are held, as their person is told, and with the grace.
    add column held_until timestamptz,
    add column lapses_at timestamptz,
    add column paid_decision bigint,
    add column paid_at timestamptz,
    add column paid_amount bigint,
    -- The part of the payment that is owed back.
    add column owed bigint not null default 0,
    drop constraint registrations_status,
    drop constraint registrations_order,
    drop constraint registrations_status_is_its_history,
    drop constraint registrations_cancellation,
    add constraint registrations_status check (status in ('CONFIRMED', 'HELD', 'WAITLISTED', 'CANCELLED')),
    add constraint registrations_order check (
        decision >= 1 and seated_decision >= decision and paid_decision > seated_decision
        and cancelled_decision > coalesce(paid_decision, seated_decision, decision)
    ),
    -- The status follows from the numbers and the amount. Every number has its time.
    add constraint registrations_status_is_its_history check (
        (status = 'CANCELLED') = (cancelled_decision is not null)
        and (status <> 'WAITLISTED' or seated_decision is null)
        and (status not in ('CONFIRMED', 'HELD') or (seated_decision is not null
            and (status = 'HELD') = (amount > 0 and paid_decision is null)))
        and (seated_decision is null) = (seated_at is null)
        and (paid_decision is null) = (paid_at is null)
        and (paid_decision is null) = (paid_amount is null)
        and (cancelled_decision is null) = (cancelled_at is null)
    ),
    add constraint registrations_seats check (seats between 1 and seats_booked and seats_booked <= 10),
    add constraint registrations_split check (
        (price is null) = (split is not null) and (split is null or cardinality(split) between 4 and 20)
    ),
    add constraint registrations_amount check (amount >= 0 and owed between 0 and coalesce(paid_amount, 0)),
    add constraint registrations_hold check (
        (held_until is null) = (lapses_at is null) and (held_until is null or status = 'HELD') and held_until <= lapses_at
    ),
    add constraint registrations_cancellation check (
        cancellation is null or (status = 'CANCELLED' and cancellation in ('LAPSED', 'REMOVED', 'DEACTIVATED'))
    );
-- P3: one registration for each person and type. This index and the next one have the person first, so that together
-- they also find all registrations of a person, and the index for that alone can go: each index costs every booking.
drop index registrations_one_place;
create unique index registrations_one_place on registrations (user_id, event_id, ticket_type)
    where status <> 'CANCELLED';
drop index registrations_given_up;
create index registrations_given_up on registrations (user_id, event_id) where status = 'CANCELLED';
drop index registrations_by_user;
-- The lines, each in its order.
drop index registrations_line;
create index registrations_line on registrations (event_id, ticket_type, decision) where status = 'WAITLISTED';
-- Holds with a deadline, for the sweeper.
create index registrations_due on registrations (lapses_at) where lapses_at is not null;

-- Payments that were marked, also those that were taken back: a mark is not repeated.
create table payments (
    event_id uuid not null,
    id uuid not null,
    registration_id uuid not null,
    method text not null default 'OFFLINE' constraint payments_method check (method in ('OFFLINE')),
    amount bigint not null constraint payments_amount check (amount > 0),
    decision bigint not null,
    marked_at timestamptz not null,
    marked_by uuid,
    taken_back_decision bigint,
    taken_back_at timestamptz,
    taken_back_by uuid,
    constraint payments_pkey primary key (event_id, id),
    constraint payments_registration_fkey foreign key (event_id, registration_id) references registrations (event_id, id),
    constraint payments_order check (decision >= 1 and taken_back_decision > decision),
    constraint payments_taken_back check ((taken_back_decision is null) = (taken_back_at is null))
);
-- Without the event: else the planner may take this index for lookups by id, and read all payments of the event.
create index payments_by_registration on payments (registration_id);

-- Each capacity and each limit that was set, and each reduction of a registration, has its number.
alter table event_decisions
    add column ticket_type smallint,
    add column price smallint,
    add column registration_id uuid,
    add column split smallint[],
    drop constraint event_decisions_kind,
    drop constraint event_decisions_value;
update event_decisions set ticket_type = 1 where kind in ('CREATED', 'CAPACITY');
alter table event_decisions
    add constraint event_decisions_kind check (kind in (
        'CREATED', 'CAPACITY', 'LIMIT', 'REDUCED', 'PUBLISHED', 'CANCELLED', 'SIMULATION_BEGUN', 'SIMULATION_UNDONE'
    )),
    add constraint event_decisions_value check (
        (value is not null or kind = 'LIMIT') = (kind in ('CREATED', 'CAPACITY', 'LIMIT', 'REDUCED', 'SIMULATION_UNDONE'))
    ),
    add constraint event_decisions_subject check (
        (ticket_type is not null) = (kind in ('CREATED', 'CAPACITY', 'REDUCED'))
        and (registration_id is not null) = (kind = 'REDUCED')
        and (price is not null or split is not null) = (kind in ('LIMIT', 'REDUCED'))
        and (price is null or split is null)
    );
-- The reductions of an event, for the replay of its history.
create index event_decisions_reductions on event_decisions (event_id, registration_id) where kind = 'REDUCED';
