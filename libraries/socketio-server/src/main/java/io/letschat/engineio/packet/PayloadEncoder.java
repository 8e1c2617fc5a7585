package io.letschat.engineio.packet;

import io.letschat.engineio.EngineVersion;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.CompositeByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.Collection;

/**
 * Puts packets together for the answer of a poll; the packets' own bytes are shared, not copied.
 */
public final class PayloadEncoder {
  private static final int SEPARATOR = 0x1e;

  private PayloadEncoder() {}

  /** A payload in text; binary packets are base64. */
  public static ByteBuf text(EngineVersion version, Collection<EnginePacket> packets) {
    CompositeByteBuf payload = ByteBufAllocator.DEFAULT.compositeBuffer(Integer.MAX_VALUE);
    boolean first = true;
    for (EnginePacket packet : packets) {
      ByteBuf text = packet.pollingText(version);
      if (version == EngineVersion.V3) {
        payload.addComponent(true, ascii(utf16Units(text) + ":"));
      } else if (!first) {
        payload.addComponent(true, Unpooled.wrappedBuffer(new byte[] {SEPARATOR}));
      }
      payload.addComponent(true, text);
      first = false;
    }
    return payload;
  }

  /** A payload of revision 3 for clients that read binary. */
  public static ByteBuf binary(Collection<EnginePacket> packets) {
    CompositeByteBuf payload = ByteBufAllocator.DEFAULT.compositeBuffer(Integer.MAX_VALUE);
    for (EnginePacket packet : packets) {
      ByteBuf data = packet.data();
      int length = data.readableBytes() + (packet.isBinary() ? 1 : 0);
      ByteBuf header = Unpooled.buffer(13).writeByte(packet.isBinary() ? 1 : 0);
      for (char digit : Integer.toString(length).toCharArray()) {
        header.writeByte(digit - '0');
      }
      header.writeByte(255);
      if (packet.isBinary()) {
        header.writeByte(4);
      }
      payload.addComponent(true, header).addComponent(true, data.retain());
    }
    return payload;
  }

  private static ByteBuf ascii(String text) {
    return Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII);
  }

  /** JavaScript's length of a text: code points above U+FFFF, four bytes of UTF-8, count two. */
  static int utf16Units(ByteBuf utf8) {
    int units = 0;
    for (byte signed : ByteBufUtil.getBytes(utf8)) {
      int b = signed & 0xff;
      if ((b & 0xc0) != 0x80) {
        units += b >= 0xf0 ? 2 : 1;
      }
    }
    return units;
  }
}
