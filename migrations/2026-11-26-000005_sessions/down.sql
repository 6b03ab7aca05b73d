alter table users drop column ended_sessions;
