drop table messages, memberships, room_heads, rooms, otps, sessions, users, auth_credentials;
