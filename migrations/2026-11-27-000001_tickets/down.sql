drop table payments;
drop index event_decisions_reductions;
alter table event_decisions drop constraint event_decisions_subject, drop constraint event_decisions_value,
    drop constraint event_decisions_kind;
delete from event_decisions where kind in ('LIMIT', 'REDUCED');
alter table event_decisions drop column ticket_type, drop column price, drop column registration_id, drop column split,
    add constraint event_decisions_kind check (
        kind in ('CREATED', 'CAPACITY', 'PUBLISHED', 'CANCELLED', 'SIMULATION_BEGUN', 'SIMULATION_UNDONE')
    ),
    add constraint event_decisions_value check (
        (value is not null) = (kind in ('CREATED', 'CAPACITY', 'SIMULATION_UNDONE'))
    );
drop index registrations_due;
drop index registrations_line;
drop index registrations_one_place;
drop index registrations_given_up;
alter table registrations drop constraint registrations_cancellation, drop constraint registrations_hold,
    drop constraint registrations_amount, drop constraint registrations_split, drop constraint registrations_seats,
    drop constraint registrations_status_is_its_history, drop constraint registrations_order,
    drop constraint registrations_status;
alter table registrations drop column ticket_type, drop column seats_booked, drop column seats, drop column price,
    drop column split, drop column amount, drop column held_until, drop column lapses_at, drop column paid_decision,
    drop column paid_at, drop column paid_amount, drop column owed;
alter table registrations rename column seated_decision to confirmed_decision;
alter table registrations rename column seated_at to confirmed_at;
alter table registrations
    add constraint registrations_status check (status in ('CONFIRMED', 'WAITLISTED', 'CANCELLED')),
    add constraint registrations_order check (
        decision >= 1 and confirmed_decision >= decision and cancelled_decision > coalesce(confirmed_decision, decision)
    ),
    add constraint registrations_status_is_its_history check (
        (status = 'CANCELLED') = (cancelled_decision is not null)
        and (status <> 'CONFIRMED' or confirmed_decision is not null)
        and (status <> 'WAITLISTED' or confirmed_decision is null)
        and (confirmed_decision is null) = (confirmed_at is null)
        and (cancelled_decision is null) = (cancelled_at is null)
    ),
    add constraint registrations_cancellation check (
        cancellation is null or (status = 'CANCELLED' and cancellation in ('REMOVED', 'DEACTIVATED'))
    );
create unique index registrations_one_place on registrations (event_id, user_id) where status <> 'CANCELLED';
create index registrations_given_up on registrations (event_id, user_id) where status = 'CANCELLED';
create index registrations_by_user on registrations (user_id);
create index registrations_line on registrations (event_id, decision) where status = 'WAITLISTED';
drop table prices;
drop table ticket_types;
alter table events add constraint events_no_seat_beside_the_line check (seats_remaining = 0 or waiting = 0);
alter table events drop column currency, drop column hold_minutes, drop column line_hold_minutes,
    drop column grace_minutes, drop column refund_until, drop column payment_instructions;
