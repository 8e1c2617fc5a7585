create table third (x int);
select 1 / 0;
