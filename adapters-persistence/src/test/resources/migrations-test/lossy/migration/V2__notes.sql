create table second (x int);
alter table first add column note text;
