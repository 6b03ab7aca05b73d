alter table simulations drop column stop_requested_at;
