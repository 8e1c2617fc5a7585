drop table messages, uploads, memberships, room_heads, rooms, otps, sessions, avatars, users, auth_credentials;
