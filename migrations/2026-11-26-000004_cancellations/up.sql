-- Why a registration was cancelled. Null means that its person cancelled it; all older rows count as that. A removal has a reason for its
-- person, and says whether that person may book the event again.
alter table registrations
    add column cancellation text,
    add column removal_reason text,
    add column may_book_again boolean,
    add constraint registrations_cancellation check (
        cancellation is null or (status = 'CANCELLED' and cancellation in ('REMOVED', 'DEACTIVATED'))
    ),
    add constraint registrations_removal check (
        (cancellation is not null and cancellation = 'REMOVED') = (removal_reason is not null)
        and (removal_reason is null) = (may_book_again is null)
    ),
    add constraint registrations_removal_reason_length check (char_length(removal_reason) between 1 and 500);
