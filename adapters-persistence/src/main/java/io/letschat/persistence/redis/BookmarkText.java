package io.letschat.persistence.redis;

import io.letschat.application.recovery.Bookmark;
import io.letschat.application.recovery.Offset;
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
final class BookmarkText {
  private static final int HEAD = 4;

  private BookmarkText() {}

  static String write(Bookmark bookmark) {
    var text = new StringBuilder();
    text.append(bookmark.socket()).append('\n');
    text.append(bookmark.dialect()).append('\n');
    text.append(bookmark.cameWith().map(Offset::toString).orElse("")).append('\n');
    text.append(bookmark.latest().map(join -> join.room() + " " + join.name()).orElse(""));
    for (Bookmark.Place place : bookmark.places()) {
      text.append('\n').append(place.room());
      text.append(' ').append(place.joined());
      text.append(' ').append(place.reached());
      text.append(' ').append(place.epoch().value());
    }
    return text.toString();
  }

  /** Empty where it is not one: Redis is not ours alone. */
  static Optional<Bookmark> read(Bookmark.Key key, String holder, String text) {
    String[] lines = text.split("\n", -1);
    try {
      return Optional.of(
          new Bookmark(
              key,
              holder,
              lines[0],
              lines[1],
              Offset.parse(lines[2]),
              latest(lines[3]),
              places(Arrays.asList(lines).subList(HEAD, lines.length))));
    } catch (IllegalArgumentException | IndexOutOfBoundsException notOurs) {
      return Optional.empty();
    }
  }

  private static Optional<Bookmark.Join> latest(String line) {
    if (line.isEmpty()) {
      return Optional.empty();
    }
    String[] parts = line.split(" ", 2);
    return Optional.of(new Bookmark.Join(new RoomId(Long.parseLong(parts[0])), parts[1]));
  }

  private static List<Bookmark.Place> places(List<String> lines) {
    return lines.stream()
        .map(line -> line.split(" ", 4))
        .map(parts ->
            new Bookmark.Place(
                new RoomId(Long.parseLong(parts[0])),
                new RoomEpoch(parts[3]),
                new Seq(Long.parseLong(parts[1])),
                new Seq(Long.parseLong(parts[2]))))
        .toList();
  }
}
