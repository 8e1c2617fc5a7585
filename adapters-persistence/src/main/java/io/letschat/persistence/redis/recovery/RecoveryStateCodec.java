package io.letschat.persistence.redis.recovery;

import io.letschat.application.recovery.RecoveryState;
import io.letschat.application.recovery.StreamOffset;
import io.letschat.domain.message.Seq;
import io.letschat.domain.room.RoomEpoch;
import io.letschat.domain.room.RoomId;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A bookmark as lines: the socket's id, the dialect, the offset that it came with, room and name of
 * the latest join; then a line for each room: id, joined, reached, epoch.
 */
final class RecoveryStateCodec {
  private static final int HEAD = 4;

  private RecoveryStateCodec() {}

  static String write(RecoveryState recoveryState) {
    var text = new StringBuilder();
    text.append(recoveryState.socket()).append('\n');
    text.append(recoveryState.dialect()).append('\n');
    text.append(recoveryState.cameWith().map(StreamOffset::toString).orElse("")).append('\n');
    text.append(recoveryState.latest().map(join -> join.room() + " " + join.name()).orElse(""));
    for (RecoveryState.Place place : recoveryState.places()) {
      text.append('\n').append(place.room());
      text.append(' ').append(place.joined());
      text.append(' ').append(place.reached());
      text.append(' ').append(place.epoch().value());
    }
    return text.toString();
  }

  /** Empty where it is not one: Redis is not ours alone. */
  static Optional<RecoveryState> read(RecoveryState.Key key, String holder, String text) {
    String[] lines = text.split("\n", -1);
    try {
      return Optional.of(
          new RecoveryState(
              key,
              holder,
              lines[0],
              lines[1],
              StreamOffset.parse(lines[2]),
              latest(lines[3]),
              places(Arrays.asList(lines).subList(HEAD, lines.length))));
    } catch (IllegalArgumentException | IndexOutOfBoundsException notOurs) {
      return Optional.empty();
    }
  }

  private static Optional<RecoveryState.Join> latest(String line) {
    if (line.isEmpty()) {
      return Optional.empty();
    }
    String[] parts = line.split(" ", 2);
    return Optional.of(new RecoveryState.Join(new RoomId(Long.parseLong(parts[0])), parts[1]));
  }

  private static List<RecoveryState.Place> places(List<String> lines) {
    return lines.stream()
        .map(line -> line.split(" ", 4))
        .map(parts ->
            new RecoveryState.Place(
                new RoomId(Long.parseLong(parts[0])),
                new RoomEpoch(parts[3]),
                new Seq(Long.parseLong(parts[1])),
                new Seq(Long.parseLong(parts[2]))))
        .toList();
  }
}
