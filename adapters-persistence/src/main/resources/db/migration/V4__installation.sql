-- Which LetsChat this is: what its nodes say to each other, and what they keep in a Redis that
-- others use, too, carries it.
create table installation (
  id     text    not null default substr(replace(gen_random_uuid()::text, '-', ''), 1, 12),
  single boolean primary key default true check (single)
);
insert into installation default values;
