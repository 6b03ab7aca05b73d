drop index messages_due_to;
drop index messages_urgent;
alter table messages drop column receiver_domain;
