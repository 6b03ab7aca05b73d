-- When somebody asked to stop a running stress test. The process that runs it looks a few times a second.
alter table simulations add column stop_requested_at timestamptz;
