package io.letschat.messaging.socketio;

import io.letschat.messaging.engineio.EnginePacket;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An event or ack for any number of clients: encoded once for those who take offsets, once for
 * those who do not, and only if there are such. For use by one thread.
 */
final class Encoded implements AutoCloseable {
  private final Outgoing outgoing;
  private final ServedNamespace namespace;
  private @Nullable List<EnginePacket> plain;
  private @Nullable List<EnginePacket> withOffset;

  Encoded(Outgoing outgoing, ServedNamespace namespace) {
    this.outgoing = outgoing;
    this.namespace = namespace;
  }

  boolean hasOffset() {
    return outgoing.offset() != null;
  }

  /** With a reference of each packet for whoever asks. */
  List<EnginePacket> packets(boolean offset) {
    List<EnginePacket> packets = offset && hasOffset() ? withOffset() : plain();
    packets.forEach(EnginePacket::retain);
    return packets;
  }

  private List<EnginePacket> plain() {
    if (plain == null) {
      plain = outgoing.encode(namespace, false);
    }
    return plain;
  }

  private List<EnginePacket> withOffset() {
    if (withOffset == null) {
      withOffset = outgoing.encode(namespace, true);
    }
    return withOffset;
  }

  @Override
  public void close() {
    release(plain);
    release(withOffset);
  }

  private static void release(@Nullable List<EnginePacket> packets) {
    if (packets != null) {
      packets.forEach(EnginePacket::release);
    }
  }
}
