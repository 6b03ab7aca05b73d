-- The course of a crowd that went the classic way for comparison, as its own curve is stored.
alter table simulations
    add column classic_curve jsonb,
    add constraint simulations_classic_curve_size check (octet_length(classic_curve::text) <= 65536);
