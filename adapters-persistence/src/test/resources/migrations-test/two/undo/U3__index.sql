drop table second;
select 1 / 0;
