-- Lower case stays right.
select 1;
