package io.letschat.messaging.codec;

import java.util.List;

/**
 * An event as it goes out: a name and arguments that are maps, lists, strings, numbers, booleans or
 * null.
 */
public record OutboundEvent(String name, List<Object> arguments) {
  public static OutboundEvent of(String name, Object... arguments) {
    return new OutboundEvent(name, List.of(arguments));
  }
}
