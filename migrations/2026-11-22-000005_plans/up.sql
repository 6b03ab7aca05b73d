-- Statistics of many small events would have the planner read all of a large one that they do not know, since an event has
-- so few rows. Without any, it takes each for a part of the whole that is worth an index.
alter table registrations alter column event_id set statistics 0;
analyze registrations;
