-- Names that only this version allows stay as they are: the old bounds hold for what comes.
alter table users drop column skeletons, drop column skeletons_of;
alter table rooms drop column skeletons, drop column skeletons_of;
alter table users drop constraint users_username_check;
alter table users
  add constraint users_username_check check (char_length(username) between 3 and 30) not valid;
alter table rooms drop constraint rooms_room_name_check;
alter table rooms
  add constraint rooms_room_name_check check (char_length(room_name) between 1 and 100) not valid;
