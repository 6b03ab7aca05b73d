alter table events drop column cancel_until, drop column idempotency_key;
