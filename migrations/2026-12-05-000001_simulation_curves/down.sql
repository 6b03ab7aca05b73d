alter table simulations
    drop constraint simulations_curve_size,
    drop column curve;
