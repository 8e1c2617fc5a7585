drop table messages, uploads, memberships, room_heads, rooms, otps, sessions, users, auth_credentials;
