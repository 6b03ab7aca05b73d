-- The secret address of a person's calendar, as its SHA-256. It stands in the person's row, so that it ends with the account.
alter table users
    add column calendar_digest bytea,
    add column calendar_since timestamptz,
    add constraint users_calendar_is_whole check ((calendar_digest is null) = (calendar_since is null)),
    add constraint users_calendar_digest_length check (octet_length(calendar_digest) = 32),
    add constraint users_erased_has_no_calendar check (erased_at is null or calendar_digest is null);
create unique index users_by_calendar on users (calendar_digest) where calendar_digest is not null;
