drop table messages;
drop table announcements;
drop table journal;
