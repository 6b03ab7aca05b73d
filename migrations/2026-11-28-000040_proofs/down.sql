drop table account_mails;
alter table events drop column verified_buyers_only;
alter table users drop column verified_at;
