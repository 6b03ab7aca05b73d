drop index users_to_clear;
alter table users drop column cleared_at;
drop index audit_log_creations;
drop index events_by_key;
create index events_by_key on events (organizer_id, idempotency_key) where idempotency_key is not null;
alter table events drop column key_of;
