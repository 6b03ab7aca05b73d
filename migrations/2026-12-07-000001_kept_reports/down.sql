-- Those tests are lost then, as they were before.
lock table simulations in access exclusive mode;

update simulations set report = null where state = 'RUNNING';

alter table simulations
    drop constraint simulations_state_is_what_is_there,
    add constraint simulations_state_is_what_is_there check (
        (state = 'RUNNING') = (finished_at is null)
        and (state = 'DONE') = (report is not null)
        and (state = 'FAILED') = (failure is not null)
    );
