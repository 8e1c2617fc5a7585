package io.letschat.engineio.packet;

import io.letschat.engineio.EngineVersion;
import io.letschat.engineio.packet.ReceivedPacket.Malformed;
import io.letschat.engineio.packet.ReceivedPacket.TooMany;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/**
 * Reads packets and polling payloads of revisions 3 and 4.
 *
 * @see <a href="https://socket.io/docs/v4/engine-io-protocol/">the protocol</a>
 */
public final class PacketDecoder {
  private static final char SEPARATOR = '\u001e';
  private static final int LONGEST_LENGTH = 10;

  private PacketDecoder() {}

  /**
   * Text in strict UTF-8. The fast way puts replacement characters where something is wrong; only a
   * text that has some is looked at closely.
   */
  public static String utf8(ByteBuf bytes) throws Malformed {
    String text = bytes.toString(StandardCharsets.UTF_8);
    if (text.indexOf('\ufffd') >= 0 && !ByteBufUtil.isText(bytes, StandardCharsets.UTF_8)) {
      throw new Malformed("not UTF-8");
    }
    return text;
  }

  /** One packet: the content of a WebSocket text frame. */
  public static ReceivedPacket text(EngineVersion version, String packet) throws Malformed {
    if (packet.isEmpty()) {
      throw new Malformed("empty packet");
    }
    char type = packet.charAt(0);
    if (type == 'b') {
      return base64(version, packet);
    }
    if (type < '0' || type > '6') {
      throw new Malformed("unknown packet type");
    }
    return new ReceivedPacket.Text(type, packet.substring(1));
  }

  private static ReceivedPacket base64(EngineVersion version, String packet) throws Malformed {
    int start = version == EngineVersion.V4 ? 1 : 2;
    if (packet.length() < start || (start == 2 && packet.charAt(1) != '4')) {
      throw new Malformed("binary that is no message");
    }
    try {
      // The client for Java breaks the lines of its base64.
      byte[] encoded =
          packet.substring(start).replace("\n", "").getBytes(StandardCharsets.ISO_8859_1);
      return new ReceivedPacket.Binary(Base64.getDecoder().decode(encoded));
    } catch (IllegalArgumentException e) {
      throw new Malformed("bad base64");
    }
  }

  /** The content of a WebSocket binary frame; revision 3 sends the packet type first. */
  public static ReceivedPacket binary(EngineVersion version, byte[] frame) throws Malformed {
    if (version == EngineVersion.V4) {
      return new ReceivedPacket.Binary(frame);
    }
    if (frame.length == 0 || frame[0] != 4) {
      throw new Malformed("binary that is no message");
    }
    return new ReceivedPacket.Binary(Arrays.copyOfRange(frame, 1, frame.length));
  }

  /** The body of a POST. */
  public static List<ReceivedPacket> payload(
      EngineVersion version, boolean binary, ByteBuf body, int most) throws Malformed, TooMany {
    if (version == EngineVersion.V4) {
      return separated(utf8(body), most);
    }
    return binary ? binaryLengths(body, most) : textLengths(utf8(body), most);
  }

  private static List<ReceivedPacket> separated(String body, int most) throws Malformed, TooMany {
    List<ReceivedPacket> packets = new ArrayList<>();
    int start = 0;
    while (true) {
      int end = body.indexOf(SEPARATOR, start);
      add(
          packets,
          text(EngineVersion.V4, body.substring(start, end < 0 ? body.length() : end)),
          most);
      if (end < 0) {
        return packets;
      }
      start = end + 1;
    }
  }

  /** {@code <length>:<packet>…}, where the length counts UTF-16 units. */
  private static List<ReceivedPacket> textLengths(String body, int most) throws Malformed, TooMany {
    List<ReceivedPacket> packets = new ArrayList<>();
    int at = 0;
    do {
      int colon = body.indexOf(':', at);
      if (colon <= at || colon - at > LONGEST_LENGTH) {
        throw new Malformed("no length");
      }
      long length = 0;
      for (int i = at; i < colon; i++) {
        length = length * 10 + digit(body.charAt(i) - '0');
      }
      if (length > body.length() - colon - 1) {
        throw new Malformed("length beyond the end");
      }
      at = colon + 1 + (int) length;
      add(packets, text(EngineVersion.V3, body.substring(colon + 1, at)), most);
    } while (at < body.length());
    return packets;
  }

  /**
   * {@code <0: text, 1: binary><a byte per digit of the length><255><packet>…}, lengths in bytes.
   */
  private static List<ReceivedPacket> binaryLengths(ByteBuf body, int most)
      throws Malformed, TooMany {
    List<ReceivedPacket> packets = new ArrayList<>();
    do {
      if (!body.isReadable()) {
        throw new Malformed("empty payload");
      }
      int kind = body.readByte();
      int end = body.bytesBefore((byte) 255);
      if (end <= 0 || end > LONGEST_LENGTH || kind < 0 || kind > 1) {
        throw new Malformed("no length");
      }
      long length = 0;
      for (int i = 0; i < end; i++) {
        length = length * 10 + digit(body.readByte());
      }
      body.skipBytes(1);
      if (length > body.readableBytes()) {
        throw new Malformed("length beyond the end");
      }
      ByteBuf packet = body.readSlice((int) length);
      add(
          packets,
          kind == 0
              ? text(EngineVersion.V3, utf8(packet))
              : binary(EngineVersion.V3, ByteBufUtil.getBytes(packet)),
          most);
    } while (body.isReadable());
    return packets;
  }

  private static int digit(int value) throws Malformed {
    if (value < 0 || value > 9) {
      throw new Malformed("length that is no number");
    }
    return value;
  }

  private static void add(List<ReceivedPacket> packets, ReceivedPacket packet, int most)
      throws TooMany {
    if (packets.size() == most) {
      throw new TooMany();
    }
    packets.add(packet);
  }
}
