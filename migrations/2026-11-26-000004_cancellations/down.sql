alter table registrations drop column cancellation, drop column removal_reason, drop column may_book_again;
