-- Another account may run an event than the one whose request made it. The request's key stays with the account that sent it.
-- Null means the organizer, as in all older rows.
alter table events add column key_of uuid;
drop index events_by_key;
create index events_by_key on events (coalesce(key_of, organizer_id), idempotency_key) where idempotency_key is not null;

-- How many events an account has made, whoever runs them now.
create index audit_log_creations on audit_log (actor_id) where action = 'EVENT_CREATED';

-- When nobody could write anything about an erased person any more, and what had been written since the erasure was gone.
-- Null for all older rows, so that a server looks after them.
alter table users
    add column cleared_at timestamptz,
    add constraint users_cleared_is_erased check (cleared_at is null or erased_at is not null);
create index users_to_clear on users (id) where erased_at is not null and cleared_at is null;
