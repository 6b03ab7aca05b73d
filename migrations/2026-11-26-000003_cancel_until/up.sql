-- Until when people may cancel their bookings. Null is the start of the event.
alter table events
    add column cancel_until timestamptz,
    add constraint events_cancel_until check (cancel_until <= starts_at);
