-- The mail domain of the receiver, when the message was made. Mail to a domain that is slow is left out without reading all
-- that is due to it.
alter table messages add column receiver_domain text;
update messages m set receiver_domain = split_part(u.email, '@', 2) from users u where u.id = m.user_id;
alter table messages alter column receiver_domain set not null;
-- What people must hear of is told before what organizers write to everybody, also while a million announcements are due.
create index messages_urgent on messages (due_at) where state = 'DUE' and kind <> 'ANNOUNCEMENT';
create index messages_due_to on messages (receiver_domain, (kind = 'ANNOUNCEMENT'), due_at) where state = 'DUE';
