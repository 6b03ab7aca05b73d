-- Mail domains have no case. Two spellings of one were two queues.
update messages set receiver_domain = lower(receiver_domain) where receiver_domain <> lower(receiver_domain);
