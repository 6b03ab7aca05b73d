drop table event_decisions;
drop table registrations;
drop table events;
drop table users;
