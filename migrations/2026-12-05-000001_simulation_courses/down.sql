alter table simulations
    drop constraint simulations_classic_curve_size,
    drop constraint simulations_curve_size,
    drop column classic_curve,
    drop column stop_requested_at,
    drop column curve;
