-- Names are measured in graphemes, which the program counts; the database keeps the outer bounds.
alter table users drop constraint users_username_check;
alter table users
  add constraint users_username_check check (char_length(username) between 1 and 120);
alter table rooms drop constraint rooms_room_name_check;
alter table rooms
  add constraint rooms_room_name_check check (char_length(room_name) between 1 and 500);

-- What a name looks like (UTS 39), as the program computes it. Names from before may share one, so
-- it is not unique: whoever chooses a name locks its skeletons and then looks. skeletons_of is the
-- name that they were computed of. Where it is another one, or none, the name comes from a node of
-- the version before, and the program computes them when it starts.
alter table users add column skeletons text[], add column skeletons_of text;
alter table rooms add column skeletons text[], add column skeletons_of text;
create index users_skeletons on users using gin (skeletons) with (fastupdate = off);
create index rooms_skeletons on rooms using gin (skeletons) with (fastupdate = off);
create index users_without_skeletons on users (id) where username is distinct from skeletons_of;
create index rooms_without_skeletons on rooms (id) where room_name is distinct from skeletons_of;
