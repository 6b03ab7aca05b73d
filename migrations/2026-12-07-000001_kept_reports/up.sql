-- A running stress test may have the report of its crowd already, while the same crowd goes the classic way. The report
-- counts once the test is over, or once its server has stopped.
alter table simulations
    drop constraint simulations_state_is_what_is_there,
    add constraint simulations_state_is_what_is_there check (
        (state = 'RUNNING') = (finished_at is null)
        and (state <> 'DONE' or report is not null)
        and (state <> 'FAILED' or report is null)
        and (state = 'FAILED') = (failure is not null)
    );
