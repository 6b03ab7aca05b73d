-- The time until which people may cancel their bookings; null means the start. The key is that of the request that made
-- the event.
alter table events
    add column cancel_until timestamptz,
    add column idempotency_key text,
    add constraint events_cancel_until check (cancel_until <= starts_at),
    add constraint events_key_length check (char_length(idempotency_key) between 1 and 128);
-- One event per request. A unique index would need the event's id, so events of one account are made one after the other,
-- under a lock of the account.
create index events_by_key on events (organizer_id, idempotency_key) where idempotency_key is not null;

-- One stress test per request.
alter table simulations
    add column idempotency_key text,
    add constraint simulations_key_length check (char_length(idempotency_key) between 1 and 128);
create unique index simulations_one_per_key on simulations (event_id, idempotency_key) where idempotency_key is not null;
