delete from account_mails where kind = 'WEBHOOK_OFF';
alter table account_mails drop constraint account_mails_kind;
alter table account_mails add constraint account_mails_kind check (kind in ('VERIFY_ADDRESS', 'RESET_PASSWORD',
    'CHANGE_ADDRESS', 'INVITATION', 'ADDRESS_TAKEN', 'ADDRESS_CHANGED', 'PASSWORD_RESET'));
drop table webhook_deliveries;
drop table webhook_endpoints;
-- An older server follows nothing of a row with a name that it does not know.
update journal set news = array_remove(news, 'PUBLISHED') where news @> array['PUBLISHED']
    and cardinality(news) + cardinality(registrations) > 1;
delete from journal where news = array['PUBLISHED'];
alter table journal drop constraint journal_news;
alter table journal add constraint journal_news check (news <@ array['MOVED', 'CANCELLED']);
