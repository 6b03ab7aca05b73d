-- Keys with which people's own programs act for them.
create table api_keys (
    id uuid not null,
    user_id uuid not null constraint api_keys_user_fkey references users (id),
    name text not null constraint api_keys_name_length check (char_length(name) between 1 and 100),
    -- The SHA-256 of the key. The key itself is told once.
    digest bytea not null constraint api_keys_digest_length check (octet_length(digest) = 32),
    -- The beginning of the key, by which its owner knows it again.
    shown text not null constraint api_keys_shown_length check (char_length(shown) between 12 and 20),
    permissions text[] not null constraint api_keys_permissions check (
        cardinality(permissions) between 1 and 5
        and permissions <@ array['BOOK', 'MANAGE_OWN_EVENTS', 'RUN_ANY_EVENT', 'SIMULATE', 'READ_AUDIT']
    ),
    -- The events that it is for; null: all. The ids of events that are gone may stay.
    event_ids uuid[] constraint api_keys_events check (cardinality(event_ids) between 1 and 50),
    -- The owner's when the key was made. A change of access ends the key.
    access_version bigint not null,
    created_at timestamptz not null default statement_timestamp(),
    expires_at timestamptz,
    last_used_at timestamptz,
    constraint api_keys_pkey primary key (id),
    constraint api_keys_digest_key unique (digest),
    constraint api_keys_expiry check (
        expires_at > created_at and expires_at <= created_at + interval '8784 hours'
    )
);
create index api_keys_of_person on api_keys (user_id);
