delete from messages where kind = 'PASSED_ON';
alter table messages
    drop constraint messages_kind,
    add constraint messages_kind check (kind in ('CONFIRMED', 'IN_LINE', 'PROMOTED', 'HELD', 'PAID', 'ABOUT_TO_LAPSE',
        'LAPSED', 'PASSED', 'REDUCED', 'REMOVED', 'MOVED', 'EVENT_CANCELLED', 'REMINDER', 'ANNOUNCEMENT'));
-- A registration whose last seat was passed on counts as given up, and a seat that came paid as free. The checks of the
-- money fail from then on, because the payment is whole and a part of it has no seat. Debts to the people who have such
-- seats are forgotten: settle them before.
alter table registrations
    drop constraint registrations_order,
    drop constraint registrations_cancellation;
update registrations set cancellation = null where cancellation = 'PASSED_ON';
update registrations set amount = 0, paid_decision = null, paid_at = null, paid_amount = null, owed = 0
where paid_decision < decision;
alter table registrations
    add constraint registrations_order check (
        decision >= 1 and seated_decision >= decision and paid_decision > seated_decision
        and cancelled_decision > coalesce(paid_decision, seated_decision, decision)
    ),
    add constraint registrations_cancellation check (
        cancellation is null
        or (status = 'CANCELLED' and cancellation in ('LAPSED', 'REMOVED', 'DEACTIVATED', 'PASSED'))
    );
drop table transfers;
