alter table events drop column cancel_until;
