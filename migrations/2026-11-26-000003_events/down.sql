alter table simulations drop column idempotency_key;
alter table events drop column cancel_until, drop column idempotency_key;
