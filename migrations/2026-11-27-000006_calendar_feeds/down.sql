alter table users drop column calendar_digest, drop column calendar_since;
