package io.letschat.application.recovery;

import io.letschat.domain.message.Seq;
import io.letschat.domain.room.RoomId;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What an event says of the place at which it stands, and a client gives back: it got this, and
 * everything that was sent to it before. As text {@code @room.seq}, or {@code @room.seq.join}.
 *
 * @param join names the one join after whose answer it was sent; empty for a message, whose offset
 *     is the same for all who hear it
 */
public record StreamOffset(RoomId room, Seq seq, Optional<String> join) {
  private static final Pattern TEXT =
      Pattern.compile("@([0-9]{1,18})\\.([0-9]{1,18})(?:\\.([0-9a-z]{1,32}))?");

  public static StreamOffset ofMessage(RoomId room, Seq seq) {
    return new StreamOffset(room, seq, Optional.empty());
  }

  /** Empty if it is none of ours. */
  public static Optional<StreamOffset> parse(String text) {
    Matcher parts = TEXT.matcher(text);
    return parts.matches()
        ? Optional.of(
            new StreamOffset(
                new RoomId(Long.parseLong(parts.group(1))),
                new Seq(Long.parseLong(parts.group(2))),
                Optional.ofNullable(parts.group(3))))
        : Optional.empty();
  }

  @Override
  public String toString() {
    return "@" + room + "." + seq + join.map(name -> "." + name).orElse("");
  }
}
