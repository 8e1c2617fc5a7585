package io.letschat.socketio.packet;

import org.jspecify.annotations.Nullable;

/**
 * Reads {@code <type>[<attachments>-][/<namespace>,][<ack id>][<JSON>]}.
 *
 * @see <a href="https://socket.io/docs/v4/socket-io-protocol/">the protocol</a>
 */
public final class PacketHeaderDecoder {
  private static final int MOST_ID_DIGITS = 16;
  private static final int MOST_NAMESPACE_CHARS = 512;

  private PacketHeaderDecoder() {}

  public static PacketHeader decode(String packet, int maxAttachments) throws MalformedMessage {
    if (packet.isEmpty()) {
      throw new MalformedMessage("empty packet");
    }
    char type = packet.charAt(0);
    boolean binary = type == '5' || type == '6';
    PacketKind kind =
        switch (type) {
          case '0' -> PacketKind.CONNECT;
          case '1' -> PacketKind.DISCONNECT;
          case '2', '5' -> PacketKind.EVENT;
          case '3', '6' -> PacketKind.ACK;
          case '4' -> PacketKind.CONNECT_ERROR;
          default -> throw new MalformedMessage("unknown packet type");
        };
    int at = 1;
    int attachments = 0;
    if (binary) {
      int dash = digitsEnd(packet, at);
      if (dash == at || dash == packet.length() || packet.charAt(dash) != '-') {
        throw new MalformedMessage("illegal attachments");
      }
      if (dash - at > 4 || Integer.parseInt(packet, at, dash, 10) > maxAttachments) {
        throw new MalformedMessage("too many attachments");
      }
      attachments = Integer.parseInt(packet, at, dash, 10);
      at = dash + 1;
    }
    String namespace = "/";
    String query = null;
    if (at < packet.length() && packet.charAt(at) == '/') {
      int comma = packet.indexOf(',', at);
      int end = comma < 0 ? packet.length() : comma;
      if (end - at > MOST_NAMESPACE_CHARS) {
        throw new MalformedMessage("namespace too long");
      }
      namespace = packet.substring(at, end);
      int mark = namespace.indexOf('?');
      if (mark >= 0) {
        query = namespace.substring(mark + 1);
        namespace = namespace.substring(0, mark);
      }
      at = comma < 0 ? end : comma + 1;
    }
    int idEnd = digitsEnd(packet, at);
    if (idEnd - at > MOST_ID_DIGITS) {
      throw new MalformedMessage("ack id too long");
    }
    @Nullable Long ackId = idEnd == at ? null : Long.valueOf(Long.parseLong(packet, at, idEnd, 10));
    if (kind == PacketKind.ACK && ackId == null) {
      throw new MalformedMessage("an ack of nothing");
    }
    return new PacketHeader(
        kind, attachments, binary, namespace, query, ackId, packet.substring(idEnd));
  }

  private static int digitsEnd(String text, int from) {
    int end = from;
    while (end < text.length() && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
      end++;
    }
    return end;
  }
}
