package io.letschat.domain.room;

/**
 * Names one history of a room's numbers. A database that was restored from a backup counts on from
 * an older number, so its rooms get a new epoch: what a client knows of another epoch says nothing
 * about this one.
 */
public record RoomEpoch(String value) {}
