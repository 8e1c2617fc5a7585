package io.letschat.messaging.codec;

import io.letschat.application.presence.MemberSubscription;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What an event is answered with. */
public sealed interface Answer {
  /**
   * @param joined of a join: what happens once the answer is on its way
   */
  record Ok(Map<String, @Nullable Object> fields, Optional<Joined> joined) implements Answer {
    /**
     * @param fields name, value, name, value …
     */
    public static Ok of(@Nullable Object... fields) {
      return new Ok(JsonObjects.object(fields), Optional.empty());
    }

    public Ok to(Joined join) {
      return new Ok(fields, Optional.of(join));
    }

    public Map<String, @Nullable Object> ack() {
      Map<String, @Nullable Object> ack = JsonObjects.object("ok", true);
      ack.putAll(fields);
      return ack;
    }
  }

  record Rejected(EventError error) implements Answer {}

  /**
   * A socket that has joined a room and does not get its messages yet.
   *
   * @param position what it is told first; empty where it cannot come back
   */
  record Joined(MemberSubscription subscription, Optional<PositionEvent> position) {}
}
