package io.letschat.domain.room;

import io.letschat.domain.account.UserId;
import io.letschat.domain.account.Username;

/**
 * Somebody who belongs to a room. Having one in hand is the proof that its user may read and write
 * there.
 */
public record Member(Room room, UserId user, Username name) {}
