create table first (x bigint);
