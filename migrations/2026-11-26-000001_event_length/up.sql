-- The public list passes over ended events. It need not look further back than the longest event lasts.
--
-- Events of earlier versions may be longer. They stay as they are, and can still be changed: a CHECK that is NOT VALID
-- would refuse every later update of them, so it would refuse bookings. Hidden copies are as long as their event.
alter table events add column predates_length_limit boolean not null default false;
update events set predates_length_limit = true where ends_at - starts_at > interval '366 days';
alter table events add constraint events_length check (
    ends_at - starts_at <= interval '366 days' or predates_length_limit or rehearsal_of is not null
);

-- The index of the public list tells by itself which events have ended, without a look at their rows.
create index events_listed on events (starts_at, id, ends_at) where status = 'PUBLISHED' and rehearsal_of is null;
drop index events_published;
