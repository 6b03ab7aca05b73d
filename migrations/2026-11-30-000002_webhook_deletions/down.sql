-- An older server does not know that they are gone.
delete from webhook_endpoints where deleted_at is not null;
drop index webhook_endpoints_deleted;
alter table webhook_endpoints
    drop constraint webhook_endpoints_deletion,
    alter column url set not null,
    alter column secret set not null,
    drop column deleted_at,
    drop column changes_until,
    drop column resends_until;
