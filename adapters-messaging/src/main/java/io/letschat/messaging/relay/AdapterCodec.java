package io.letschat.messaging.relay;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Messages of {@code @socket.io/redis-adapter} 8 in the default namespace: {@code [uid, packet,
 * {rooms, except, flags}]} as MessagePack.
 *
 * @see Channels
 * @see <a href="https://socket.io/docs/v4/redis-adapter/">The Redis adapter</a>
 */
final class AdapterCodec {
  private static final int EVENT = 2;

  private AdapterCodec() {}

  static byte[] write(RelayedEvent event) {
    List<@Nullable Object> data = new ArrayList<>();
    data.add(event.name());
    data.addAll(event.arguments());
    return MessagePack.write(
        List.of(
            event.from(),
            Map.of("type", EVENT, "data", data, "nsp", "/"),
            Map.of("rooms", event.rooms(), "except", event.except(), "flags", Map.of())));
  }

  /** Empty for what is no event of the default namespace. */
  static Optional<RelayedEvent> read(byte[] written) throws IOException {
    return of(MessagePack.read(written));
  }

  /** The same of what has been unpacked. */
  static Optional<RelayedEvent> of(@Nullable Object decoded) {
    return decoded instanceof List<?> parts
            && parts.size() >= 3
            && parts.get(0) instanceof String from
        ? event(from, parts.get(1), parts.get(2))
        : Optional.empty();
  }

  /** The same for one whose parts came otherwise. */
  static Optional<RelayedEvent> event(
      String from, @Nullable Object written, @Nullable Object routing) {
    if (written instanceof Map<?, ?> packet
        && routing instanceof Map<?, ?> options
        && "/".equals(packet.get("nsp") == null ? "/" : packet.get("nsp"))
        && Long.valueOf(EVENT).equals(packet.get("type"))
        && packet.get("data") instanceof List<?> data
        && !data.isEmpty()
        && data.getFirst() instanceof String name) {
      List<@Nullable Object> arguments = new ArrayList<>(data.subList(1, data.size()));
      return Optional.of(
          new RelayedEvent(
              from,
              name,
              arguments,
              names(options.get("rooms")),
              names(options.get("except")),
              Boolean.TRUE.equals(flag(options, "volatile"))));
    }
    return Optional.empty();
  }

  /** How long the sender waits for acknowledgements; 0 if it does not say. */
  static long timeoutMs(@Nullable Object routing) {
    return routing instanceof Map<?, ?> options && flag(options, "timeout") instanceof Long timeout
        ? timeout
        : 0;
  }

  private static @Nullable Object flag(Map<?, ?> options, String name) {
    return options.get("flags") instanceof Map<?, ?> flags ? flags.get(name) : null;
  }

  static List<String> names(@Nullable Object rooms) {
    return rooms instanceof List<?> list
        ? list.stream()
            // A room of Node's is whatever was given, and a number is another room than its string;
            // nobody means that.
            .map(String::valueOf)
            .toList()
        : List.of();
  }
}
