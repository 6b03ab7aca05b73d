drop table announcement_refusals;
