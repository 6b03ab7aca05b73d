-- The events that somebody runs, and all events, by their starts.
create index events_by_organizer_and_start on events (organizer_id, starts_at, id) where rehearsal_of is null;
create index events_by_start on events (starts_at, id) where rehearsal_of is null;
