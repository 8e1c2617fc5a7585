create table first (x int);
