drop table event_figures;
drop index registrations_given_up;
