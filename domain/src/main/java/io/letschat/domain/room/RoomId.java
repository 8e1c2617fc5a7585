package io.letschat.domain.room;

/** Names a room; {@code room_id} on the wire. */
public record RoomId(long value) implements Comparable<RoomId> {
  @Override
  public int compareTo(RoomId other) {
    return Long.compare(value, other.value);
  }

  @Override
  public String toString() {
    return Long.toString(value);
  }
}
