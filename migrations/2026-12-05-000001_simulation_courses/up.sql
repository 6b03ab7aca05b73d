-- The course of a stress test's crowd: some hundred samples of its counts, and a histogram; and the course of the crowd
-- that went the classic way for comparison. Tests of before have none. The process that runs a test looks a few times a
-- second whether somebody has asked to stop it.
alter table simulations
    add column curve jsonb,
    add column stop_requested_at timestamptz,
    add column classic_curve jsonb,
    add constraint simulations_curve_size check (octet_length(curve::text) <= 65536),
    add constraint simulations_classic_curve_size check (octet_length(classic_curve::text) <= 65536);
