alter table registrations alter column event_id set statistics -1;
analyze registrations;
