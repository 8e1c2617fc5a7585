package io.letschat.messaging.relay;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What nodes of this program say to each other on the channel of a room. It has the form of {@link
 * AdapterCodec}, so that servers of another kind take it for a packet of a namespace that they do
 * not have, and pass it over.
 *
 * @param from the unique id of the node
 * @param content strings, longs, booleans, lists or null
 */
record NodePacket(String from, List<@Nullable Object> content) {
  /** Names of namespaces begin with a slash. */
  private static final String NAMESPACE = "letschat";

  static byte[] write(String from, List<?> content) {
    return MessagePack.write(List.of(from, Map.of("nsp", NAMESPACE, "node", content), Map.of()));
  }

  /** Empty for what servers of another kind have said. */
  static Optional<NodePacket> of(@Nullable Object decoded) {
    return decoded instanceof List<?> parts
            && parts.size() >= 2
            && parts.get(0) instanceof String from
            && parts.get(1) instanceof Map<?, ?> packet
            && NAMESPACE.equals(packet.get("nsp"))
            && packet.get("node") instanceof List<?> content
        ? Optional.of(new NodePacket(from, new ArrayList<>(content)))
        : Optional.empty();
  }
}
