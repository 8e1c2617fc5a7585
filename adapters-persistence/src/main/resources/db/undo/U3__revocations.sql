drop trigger revoke_sessions on sessions;
drop trigger revoke_memberships on memberships;
drop function revoke_sessions, revoke_memberships;
drop table revocations;
