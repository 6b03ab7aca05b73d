alter table event_doors
    -- How long before the start the names of tickets can be filled in; null: not at all.
    add column names_minutes_before integer default 0
        constraint event_doors_names_minutes_before check (names_minutes_before between 0 and 43200),
    -- Whether buyers may pass seats on to somebody else.
    add column transfers boolean not null default true,
    -- Whether the mail that confirms a booking has its tickets attached.
    add column attach_tickets boolean not null default false;

-- The people who come with tickets, as the buyer has filled in. Tickets without a row are their buyer's.
create table ticket_names (
    event_id uuid not null,
    registration_id uuid not null,
    -- A registration of n seats is the tickets 1 to n. Names of seats that were given up may stay, and are not shown.
    ticket smallint not null constraint ticket_names_ticket check (ticket between 1 and 10),
    name text not null constraint ticket_names_name_length check (char_length(name) between 1 and 120),
    constraint ticket_names_pkey primary key (event_id, registration_id, ticket),
    constraint ticket_names_registration_fkey foreign key (event_id, registration_id)
        references registrations (event_id, id)
);
