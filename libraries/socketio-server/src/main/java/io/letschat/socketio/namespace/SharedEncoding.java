package io.letschat.socketio.namespace;

import io.letschat.engineio.packet.EnginePacket;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An event or ack for any number of clients: encoded once for those who take offsets, once for
 * those who do not, and only if there are such. For use by one thread.
 */
final class SharedEncoding implements AutoCloseable {
  private final OutboundPacket outboundPacket;
  private final ServerNamespace namespace;
  private @Nullable List<EnginePacket> plain;
  private @Nullable List<EnginePacket> withOffset;

  SharedEncoding(OutboundPacket outboundPacket, ServerNamespace namespace) {
    this.outboundPacket = outboundPacket;
    this.namespace = namespace;
  }

  boolean hasOffset() {
    return outboundPacket.offset() != null;
  }

  /** With a reference of each packet for whoever asks. */
  List<EnginePacket> packets(boolean offset) {
    List<EnginePacket> packets = offset && hasOffset() ? withOffset() : plain();
    packets.forEach(EnginePacket::retain);
    return packets;
  }

  private List<EnginePacket> plain() {
    if (plain == null) {
      plain = outboundPacket.encode(namespace, false);
    }
    return plain;
  }

  private List<EnginePacket> withOffset() {
    if (withOffset == null) {
      withOffset = outboundPacket.encode(namespace, true);
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
