create index concurrently first_x on first (x);
