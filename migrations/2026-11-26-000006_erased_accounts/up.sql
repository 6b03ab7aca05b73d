-- People who had their account erased. The row stays, because the history of events and the audit log refer to it. It says
-- nothing about the person.
alter table users
    add column erased_at timestamptz,
    add constraint users_erased_is_nobody check (
        erased_at is null
        or (
            name = 'Erased account' and email = 'erased-' || id::text || '@erased.invalid' and password_hash = '!'
            and role = 'AUDIENCE' and not is_active and cardinality(ended_sessions) = 0
        )
    );
