-- How long the head of a line may leave free seats idle before it is passed over. Events of before keep what they had:
-- no head was ever passed over.
alter table events
    add column line_patience_minutes integer
        constraint events_line_patience_minutes check (line_patience_minutes between 15 and 20160);

-- Since when the head of the line leaves free seats idle, because it wants more.
alter table ticket_types add column idle_since timestamptz;
update ticket_types set idle_since = now() where waiting > 0 and seats_remaining > 0;
alter table ticket_types
    add constraint ticket_types_idle check ((idle_since is not null) = (waiting > 0 and seats_remaining > 0));
-- Heads that may be due, for the sweeper. Lines of single seats are never in it.
create index ticket_types_idle on ticket_types (idle_since) where idle_since is not null;

alter table registrations
    drop constraint registrations_cancellation,
    add constraint registrations_cancellation check (
        cancellation is null
        or (status = 'CANCELLED' and cancellation in ('LAPSED', 'REMOVED', 'DEACTIVATED', 'PASSED'))
    );
