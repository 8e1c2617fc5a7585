package io.letschat.domain.message;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What the content of a message is. */
public enum MessageType {
  TEXT,
  IMAGE,
  FILE;

  /** The name on the wire and in the database: lower case. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<MessageType> named(String wireName) {
    return Arrays.stream(values()).filter(type -> type.wireName().equals(wireName)).findFirst();
  }
}
