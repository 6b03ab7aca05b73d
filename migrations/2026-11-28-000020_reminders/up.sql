-- How long before its start an event's people are reminded of it. An event without a row reminds nobody. It is a table of
-- its own, because bookings lock and read the event's row.
create table reminders (
    event_id uuid not null constraint reminders_pkey primary key,
    hours smallint not null constraint reminders_hours check (hours between 1 and 336),
    -- The start of which people were reminded. Another start is told anew.
    told_start timestamptz,
    constraint reminders_event_fkey foreign key (event_id) references events (id)
);

-- A reminder is walked as an announcement. Whoever got seats later than that was told of the start then.
alter table announcements drop constraint announcements_kind;
alter table announcements add constraint announcements_kind
    check (kind in ('MOVED', 'EVENT_CANCELLED', 'ANNOUNCEMENT', 'REMINDER'));
alter table announcements add column seated_before timestamptz;
alter table announcements add constraint announcements_reminder check ((kind = 'REMINDER') = (seated_before is not null));
