-- When a row that no messages could be made of is tried again. It holds up no other row meanwhile.
alter table journal add column retry_at timestamptz;
