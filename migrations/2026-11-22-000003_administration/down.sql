drop table simulations;
drop index audit_log_by_action;
drop index users_deactivated;
drop index users_people_by_role;
drop index users_people;
