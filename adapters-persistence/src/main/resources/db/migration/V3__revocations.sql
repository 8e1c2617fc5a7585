-- What was ended before its time, for a day: every node reads here what to let go of, however little
-- the nodes hear of each other. It is written by triggers, so that nothing can be ended, by whatever
-- way, without it. Who reads goes on from the oldest transaction that was not over at the last time
-- (xact): numbers of rows are given before they are committed, and would be skipped.
create table revocations (
  id         bigint         generated always as identity primary key,
  session_id text,
  room_id    bigint,
  user_id    bigint,
  xact       xid8           not null default pg_current_xact_id(),
  revoked_at timestamptz(3) not null default now(),
  check ((session_id is null) = (room_id is not null) and (room_id is null) = (user_id is null))
);
create index revocations_xact on revocations (xact);
create index revocations_revoked_at on revocations (revoked_at);

create function revoke_sessions() returns trigger language plpgsql as $$
begin
  insert into revocations (session_id) select id from ended where expires_at > now();
  return null;
end $$;
create trigger revoke_sessions after delete on sessions
  referencing old table as ended for each statement execute function revoke_sessions();

create function revoke_memberships() returns trigger language plpgsql as $$
begin
  insert into revocations (room_id, user_id) select room_id, user_id from ended;
  return null;
end $$;
create trigger revoke_memberships after delete on memberships
  referencing old table as ended for each statement execute function revoke_memberships();
