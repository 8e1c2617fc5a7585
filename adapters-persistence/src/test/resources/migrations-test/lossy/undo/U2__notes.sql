alter table first drop column note;
drop table second;
