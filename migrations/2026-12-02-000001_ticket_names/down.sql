drop table ticket_names;
alter table event_doors
    drop column attach_tickets,
    drop column transfers,
    drop column names_minutes_before;
