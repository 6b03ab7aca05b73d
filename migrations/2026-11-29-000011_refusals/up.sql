-- People who want no announcements of an event's organizer. Of their bookings they hear all the same.
create table announcement_refusals (
    event_id uuid not null constraint announcement_refusals_event_fkey references events (id),
    user_id uuid not null constraint announcement_refusals_user_fkey references users (id),
    refused_at timestamptz not null default statement_timestamp(),
    constraint announcement_refusals_pkey primary key (event_id, user_id)
);
create index announcement_refusals_of_person on announcement_refusals (user_id);
