-- Text that people choose is compared by a key: NFKC, trimmed, lower-cased. The program computes it,
-- the unique constraints here make it hold.

create table auth_credentials (
  id            bigint generated always as identity primary key,
  email         text           not null check (char_length(email) <= 254),
  email_key     text           not null unique,
  password_hash text           not null,
  is_verified   boolean        not null default false,
  created_at    timestamptz(3) not null
);

create table users (
  id           bigint generated always as identity primary key,
  auth_id      bigint         not null unique references auth_credentials on delete cascade,
  username     text           check (char_length(username) between 3 and 30),
  username_key text           unique,
  created_at   timestamptz(3) not null,
  check ((username is null) = (username_key is null))
);
create index users_username on users (username);

-- What people look like: 300 by 300 pixels, so small that they are kept here.
create table avatars (
  user_id    bigint         primary key references users on delete cascade,
  file_key   text           not null unique check (char_length(file_key) = 32),
  media_type text           not null,
  content    bytea          not null check (octet_length(content) between 1 and 524288),
  created_at timestamptz(3) not null
);

create table sessions (
  id           text           primary key check (char_length(id) = 24),
  auth_id      bigint         not null references auth_credentials on delete cascade,
  user_agent   text           not null check (char_length(user_agent) <= 200),
  address      text           not null check (char_length(address) <= 200),
  signed_in_at timestamptz(3) not null,
  expires_at   timestamptz(3) not null
);
create index sessions_auth_id on sessions (auth_id);
create index sessions_expires_at on sessions (expires_at);

-- One live code per address and purpose: a new one takes the place of the old one. A wrong try
-- counts in the row itself, a right one uses up what is left. Addresses without an account have
-- rows too, so that nothing tells the two apart; email is the key, as in auth_credentials.
create table otps (
  id         bigint generated always as identity primary key,
  email      text           not null,
  purpose    text           not null check (purpose in ('recovery', 'verification')),
  code_hmac  bytea          not null check (octet_length(code_hmac) = 32),
  tries_left smallint       not null check (tries_left between 0 and 5),
  expires_at timestamptz(3) not null,
  unique (email, purpose)
);
create index otps_expires_at on otps (expires_at);

create table rooms (
  id            bigint generated always as identity primary key,
  room_name     text           not null check (char_length(room_name) between 1 and 100),
  name_key      text           not null unique,
  password_hash text           not null,
  owner_id      bigint         not null references users,
  created_at    timestamptz(3) not null
);
create index rooms_room_name on rooms (room_name);
create index rooms_owner_id on rooms (owner_id);

-- The number given last. Whoever appends holds this row until the commit, which is why it is not a
-- column of rooms: there the lock would get in the way of foreign keys. Half of each page stays
-- free, so that a new version of a row finds room beside the old one and touches no index.
create table room_heads (
  room_id  bigint primary key references rooms on delete cascade,
  last_seq bigint not null default 0 check (last_seq >= 0),
  epoch    text   not null default gen_random_uuid()::text
) with (fillfactor = 50);

create table memberships (
  room_id   bigint         not null references rooms on delete cascade,
  user_id   bigint         not null references users on delete cascade,
  joined_at timestamptz(3) not null,
  primary key (room_id, user_id)
);
create index memberships_user_id on memberships (user_id);

-- What somebody shares in a room. A row is there before its file is, and without a url until then;
-- one without a message is left over from an upload that failed, and goes.
create table uploads (
  id            bigint generated always as identity primary key,
  room_id       bigint         not null references rooms on delete cascade,
  user_id       bigint         not null references users,
  file_key      text           not null unique check (char_length(file_key) = 32),
  file_name     text           not null check (char_length(file_name) between 1 and 100),
  media_type    text           not null,
  byte_size     bigint         not null check (byte_size > 0),
  width         integer        check (width > 0),
  height        integer        check (height > 0),
  url           text           check (char_length(url) between 1 and 2000),
  thumbnail_url text           check (char_length(thumbnail_url) between 1 and 2000),
  created_at    timestamptz(3) not null,
  check ((width is null) = (height is null))
);
create index uploads_url on uploads (url);
create index uploads_room_id on uploads (room_id);
create index uploads_user_id on uploads (user_id);
create index uploads_created_at on uploads (created_at);

-- The index of (room_id, seq) is also the one that finds the messages of a room.
create table messages (
  id                bigint generated always as identity primary key,
  room_id           bigint         not null references rooms on delete cascade,
  seq               bigint         not null check (seq > 0),
  user_id           bigint         not null references users,
  content           text           not null check (char_length(content) between 1 and 2000),
  message_type      text           not null check (message_type in ('text', 'image', 'file')),
  client_message_id text           check (char_length(client_message_id) between 1 and 64),
  upload_id         bigint         references uploads,
  created_at        timestamptz(3) not null,
  unique (room_id, seq),
  check (upload_id is null or message_type in ('image', 'file'))
);
create unique index messages_upload_id on messages (upload_id) where upload_id is not null;
create unique index messages_client_message_id
  on messages (room_id, user_id, client_message_id) where client_message_id is not null;
create index messages_created_at on messages (created_at);
