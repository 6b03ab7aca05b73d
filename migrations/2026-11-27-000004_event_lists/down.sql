drop index events_by_start;
drop index events_by_organizer_and_start;
