-- The course of a stress test: some hundred samples of its counts, and a histogram. Tests of before have none.
alter table simulations
    add column curve jsonb,
    add constraint simulations_curve_size check (octet_length(curve::text) <= 65536);
