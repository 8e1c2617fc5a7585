package io.letschat.application.message;

import io.letschat.application.account.session.AuthenticatedUser;
import io.letschat.application.delivery.MessageLog;
import io.letschat.application.room.RoomAccess;
import io.letschat.domain.message.Message;
import io.letschat.domain.message.Seq;
import io.letschat.domain.room.RoomId;
import java.util.List;
import java.util.Optional;

/** Somebody reads what was said. */
public final class ReadHistory {
  public static final int MOST = 100;

  /** Which part of the history. */
  public sealed interface Page {}

  public record Latest() implements Page {}

  /** The newest before that number. */
  public record Before(Seq seq) implements Page {}

  /** The oldest after that number. */
  public record After(Seq seq) implements Page {}

  /**
   * @param messages oldest first
   * @param hasMore whether the history goes on in the direction of the page
   */
  public record History(List<Message> messages, boolean hasMore) {}

  private final RoomAccess access;
  private final MessageLog log;

  public ReadHistory(RoomAccess access, MessageLog log) {
    this.access = access;
    this.log = log;
  }

  /**
   * Empty if the room is not there, or not the reader's.
   *
   * @param limit 1 to {@link #MOST}
   */
  public Optional<History> read(AuthenticatedUser who, RoomId room, Page page, int limit) {
    if (limit < 1 || limit > MOST) {
      throw new IllegalArgumentException("limit is 1 to " + MOST);
    }
    return access
        .member(who, room)
        .map(member ->
            switch (page) {
              case Latest() -> before(room, new Seq(Long.MAX_VALUE), limit);
              case Before(var seq) -> before(room, seq, limit);
              case After(var seq) -> {
                List<Message> found = log.after(room, seq, limit + 1);
                boolean more = found.size() > limit;
                yield new History(more ? found.subList(0, limit) : found, more);
              }
            });
  }

  private History before(RoomId room, Seq seq, int limit) {
    List<Message> found = log.before(room, seq, limit + 1);
    boolean more = found.size() > limit;
    return new History(more ? found.subList(1, found.size()) : found, more);
  }
}
