delete from announcements where kind = 'REMINDER';
alter table announcements drop constraint announcements_reminder;
alter table announcements drop column seated_before;
alter table announcements drop constraint announcements_kind;
alter table announcements add constraint announcements_kind check (kind in ('MOVED', 'EVENT_CANCELLED', 'ANNOUNCEMENT'));
drop table reminders;
