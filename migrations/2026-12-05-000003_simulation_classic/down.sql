alter table simulations
    drop constraint simulations_classic_curve_size,
    drop column classic_curve;
