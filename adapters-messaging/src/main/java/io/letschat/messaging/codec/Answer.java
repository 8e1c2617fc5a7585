package io.letschat.messaging.codec;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What an event is answered with. */
public sealed interface Answer {
  /**
   * @param then what may happen only once the answer is on its way
   */
  record Ok(Map<String, @Nullable Object> fields, Runnable then) implements Answer {
    /**
     * @param fields name, value, name, value …
     */
    public static Ok of(@Nullable Object... fields) {
      return new Ok(JsonObjects.object(fields), () -> {});
    }

    public Ok andThen(Runnable next) {
      return new Ok(fields, next);
    }

    public Map<String, @Nullable Object> ack() {
      Map<String, @Nullable Object> ack = JsonObjects.object("ok", true);
      ack.putAll(fields);
      return ack;
    }
  }

  record No(EventError failure) implements Answer {}
}
