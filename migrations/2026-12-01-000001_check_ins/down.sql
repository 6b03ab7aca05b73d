drop table check_ins;
drop table door_staff;
drop table event_doors;
-- A key for nothing else is for nothing.
delete from api_keys where permissions = array['CHECK_IN'];
update api_keys set permissions = array_remove(permissions, 'CHECK_IN') where 'CHECK_IN' = any (permissions);
alter table api_keys drop constraint api_keys_permissions;
alter table api_keys add constraint api_keys_permissions check (
    cardinality(permissions) between 1 and 5
    and permissions <@ array['BOOK', 'MANAGE_OWN_EVENTS', 'RUN_ANY_EVENT', 'SIMULATE', 'READ_AUDIT']
);
