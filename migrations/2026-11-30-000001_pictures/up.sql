-- The picture of an event, made anew from what its organizer uploaded. A table of its own: the sale locks and reads the
-- event's row.
create table event_pictures (
    event_id uuid not null constraint event_pictures_event_fkey references events (id),
    -- Every upload has another. It stands in the picture's address, which browsers keep for a year.
    id uuid not null,
    -- Of the large size, in pixels.
    width smallint not null constraint event_pictures_width check (width between 1 and 1280),
    height smallint not null constraint event_pictures_height check (height between 1 and 1280),
    large bytea not null constraint event_pictures_large_length check (octet_length(large) between 1 and 1000000),
    small bytea not null constraint event_pictures_small_length check (octet_length(small) between 1 and 1000000),
    uploaded_at timestamptz not null default statement_timestamp(),
    constraint event_pictures_pkey primary key (event_id)
);
-- JPEG files do not become smaller.
alter table event_pictures alter column large set storage external, alter column small set storage external;
