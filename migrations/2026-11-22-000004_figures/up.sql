-- A person's cancelled bookings at an event, whose number is limited.
create index registrations_given_up on registrations (event_id, user_id) where status = 'CANCELLED';

-- Sales figures, counted in the transactions of the decisions: a few hundred rows for a million registrations. Stress
-- tests are not counted.
create table event_figures (
    event_id uuid not null constraint event_figures_event_fkey references events (id),
    minute timestamptz not null,
    confirmed integer not null constraint event_figures_confirmed_range check (confirmed >= 0),
    waitlisted integer not null constraint event_figures_waitlisted_range check (waitlisted >= 0),
    promoted integer not null constraint event_figures_promoted_range check (promoted >= 0),
    cancelled integer not null constraint event_figures_cancelled_range check (cancelled >= 0),
    constraint event_figures_pkey primary key (event_id, minute),
    constraint event_figures_minute check (minute = date_bin('1 minute', minute, timestamptz '2001-01-01 00:00:00+00'))
)
-- Every batch changes the minute's counts, which no index holds. Free space keeps the new version on the same page.
with (fillfactor = 50);

-- Counts all earlier decisions. The lock keeps bookings out meanwhile.
lock table registrations in share mode;
insert into event_figures (event_id, minute, confirmed, waitlisted, promoted, cancelled)
select r.event_id, date_bin('1 minute', step.at, timestamptz '2001-01-01 00:00:00+00'),
    count(*) filter (where step.kind = 'confirmed'), count(*) filter (where step.kind = 'waitlisted'),
    count(*) filter (where step.kind = 'promoted'), count(*) filter (where step.kind = 'cancelled')
from registrations r
join users u on u.id = r.user_id and u.kind = 'PERSON'
cross join lateral (values
    (r.registered_at, case when r.confirmed_decision = r.decision then 'confirmed' else 'waitlisted' end),
    (case when r.confirmed_decision <> r.decision then r.confirmed_at end, 'promoted'),
    (r.cancelled_at, 'cancelled')
) as step (at, kind)
where step.at is not null
group by 1, 2;
