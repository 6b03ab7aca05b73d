-- Sessions that a person ended by signing out, while their tokens may still be valid. They stand in the person's row, so that
-- every server reads them together with changes of access.
alter table users
    add column ended_sessions uuid[] not null default '{}',
    add constraint users_ended_sessions_length check (cardinality(ended_sessions) <= 100);
