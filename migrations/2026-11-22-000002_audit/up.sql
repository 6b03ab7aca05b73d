-- Records who did what to which subject, and when. An entry has its command's id. If a command's answer was lost, the
-- entry tells whether the command was carried out.
create table audit_log (
    id uuid constraint audit_log_pkey primary key,
    at timestamptz not null default clock_timestamp(),
    -- Null for actions of the server itself.
    actor_id uuid constraint audit_log_actor_fkey references users (id),
    action text not null constraint audit_log_action_length check (char_length(action) between 1 and 60),
    subject_kind text not null constraint audit_log_subject_kind check (subject_kind in ('USER', 'EVENT')),
    subject_id uuid not null,
    before jsonb,
    after jsonb
);
create index audit_log_by_subject on audit_log (subject_id, id);
create index audit_log_by_actor on audit_log (actor_id, id);

-- A trigger enforces that the log is append only.
create function audit_log_refuses() returns trigger language plpgsql as $$
begin
    raise exception 'the audit log is append only' using errcode = 'insufficient_privilege';
end
$$;
create trigger audit_log_append_only before update or delete or truncate on audit_log
    for each statement execute function audit_log_refuses();
