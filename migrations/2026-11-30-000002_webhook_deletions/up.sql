-- An endpoint may have very many deliveries. It is marked as deleted at once, and they go in pages, before it.
alter table webhook_endpoints
    add column deleted_at timestamptz,
    -- Until then orders of its owner are counted as if they came one at a time: changes, and deliveries sent again.
    add column changes_until timestamptz,
    add column resends_until timestamptz,
    alter column url drop not null,
    alter column secret drop not null,
    add constraint webhook_endpoints_deletion check (case when deleted_at is null
        then num_nulls(url, secret) = 0
        else num_nonnulls(url, secret, former_secret) = 0 and off_since is not null end);
create index webhook_endpoints_deleted on webhook_endpoints (id) where deleted_at is not null;
