-- Offers to pass a seat on. The registration that comes of one has its id, so nothing is written here when it is taken.
create table transfers (
    event_id uuid not null,
    id uuid not null,
    -- The registration that has the seat.
    registration_id uuid not null,
    price smallint not null,
    -- The digest of the link's secret.
    digest bytea not null constraint transfers_digest_length check (octet_length(digest) = 32),
    created_at timestamptz not null default statement_timestamp(),
    expires_at timestamptz not null,
    withdrawn_at timestamptz,
    constraint transfers_pkey primary key (event_id, id),
    constraint transfers_registration_fkey foreign key (event_id, registration_id)
        references registrations (event_id, id)
);
create unique index transfers_digest on transfers (event_id, digest);
create index transfers_by_registration on transfers (event_id, registration_id, id);

-- The payment of a seat that was passed on is older than its new registration.
alter table registrations
    drop constraint registrations_order,
    add constraint registrations_order check (
        decision >= 1 and seated_decision >= decision
        and (paid_decision > seated_decision or (paid_decision < decision and seated_decision = decision))
        and cancelled_decision > greatest(paid_decision, seated_decision, decision)
    ),
    drop constraint registrations_cancellation,
    add constraint registrations_cancellation check (
        cancellation is null or (status = 'CANCELLED'
            and cancellation in ('LAPSED', 'REMOVED', 'DEACTIVATED', 'PASSED', 'PASSED_ON'))
    );

alter table messages
    drop constraint messages_kind,
    add constraint messages_kind check (kind in ('CONFIRMED', 'IN_LINE', 'PROMOTED', 'HELD', 'PAID', 'ABOUT_TO_LAPSE',
        'LAPSED', 'PASSED', 'PASSED_ON', 'REDUCED', 'REMOVED', 'MOVED', 'EVENT_CANCELLED', 'REMINDER',
        'ANNOUNCEMENT'));
