alter table journal drop column retry_at;
