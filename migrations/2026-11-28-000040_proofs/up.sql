-- When people proved that the account's address is theirs.
alter table users add column verified_at timestamptz;
-- Only people with a proven address may book.
alter table events add column verified_buyers_only boolean not null default false;

-- Mails that belong to an account and to no event. Some have a link with a secret, which works once.
create table account_mails (
    id uuid not null,
    kind text not null constraint account_mails_kind check (kind in ('VERIFY_ADDRESS', 'RESET_PASSWORD',
        'CHANGE_ADDRESS', 'INVITATION', 'ADDRESS_TAKEN', 'ADDRESS_CHANGED', 'PASSWORD_RESET')),
    -- Somebody who is invited has no account before they accept.
    user_id uuid constraint account_mails_user_fkey references users (id),
    inviter_id uuid constraint account_mails_inviter_fkey references users (id),
    email text not null constraint account_mails_email_length check (char_length(email) between 3 and 254),
    -- The SHA-256 of the link's secret. The secret itself follows from the id and the servers' key.
    digest bytea constraint account_mails_digest_length check (octet_length(digest) = 32),
    -- The account's when the link was made. A password that was set since ends some links.
    access_version bigint,
    created_at timestamptz not null default statement_timestamp(),
    expires_at timestamptz not null,
    used_at timestamptz,
    -- The request that used it, so that its repetition succeeds as well.
    used_by uuid,
    state text not null default 'DUE'
        constraint account_mails_state check (state in ('DUE', 'SENT', 'FAILED', 'OBSOLETE')),
    due_at timestamptz not null default statement_timestamp(),
    tries smallint not null default 0,
    last_error text constraint account_mails_last_error_length check (char_length(last_error) <= 300),
    ended_at timestamptz,
    constraint account_mails_pkey primary key (id),
    constraint account_mails_end check ((state = 'DUE') = (ended_at is null)),
    constraint account_mails_use check ((used_at is null) = (used_by is null)),
    constraint account_mails_secret check (
        (kind in ('VERIFY_ADDRESS', 'RESET_PASSWORD', 'CHANGE_ADDRESS', 'INVITATION')) = (digest is not null)
    ),
    constraint account_mails_person check (kind = 'INVITATION' or user_id is not null),
    constraint account_mails_inviter check ((kind = 'INVITATION') = (inviter_id is not null)),
    constraint account_mails_expiry check (expires_at > created_at)
);
create unique index account_mails_by_digest on account_mails (digest) where digest is not null;
create index account_mails_due on account_mails (due_at) where state = 'DUE';
create index account_mails_of_person on account_mails (user_id);
create index account_mails_to_address on account_mails (lower(email), kind, created_at);
create index account_mails_invitations on account_mails (id) where kind = 'INVITATION';
create index account_mails_expired on account_mails (expires_at);
