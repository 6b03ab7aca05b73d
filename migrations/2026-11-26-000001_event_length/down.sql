create index events_published on events (starts_at, id) where status = 'PUBLISHED' and rehearsal_of is null;
drop index events_listed;
alter table events drop constraint events_length;
alter table events drop column predates_length_limit;
