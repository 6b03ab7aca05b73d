-- A registration that was passed over counts as given up.
alter table registrations drop constraint registrations_cancellation;
update registrations set cancellation = null where cancellation = 'PASSED';
alter table registrations
    add constraint registrations_cancellation check (
        cancellation is null or (status = 'CANCELLED' and cancellation in ('LAPSED', 'REMOVED', 'DEACTIVATED'))
    );
alter table ticket_types drop column idle_since;
alter table events drop column line_patience_minutes;
