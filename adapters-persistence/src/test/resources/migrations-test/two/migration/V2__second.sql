create table second (x int);
insert into second values (1);
