package io.letschat.engineio.packet;

import io.letschat.engineio.EngineVersion;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.base64.Base64;
import io.netty.util.AbstractReferenceCounted;
import io.netty.util.ReferenceCounted;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One outgoing packet, encoded once for every session that it goes to. The WebSocket frame is
 * written in front of the data in the same buffer; other forms are made when the first session asks
 * for them. Reference counted: the session that sends it takes over one reference.
 */
public final class EnginePacket extends AbstractReferenceCounted {
  /** Room for the longest WebSocket header of a server, and the packet type. */
  private static final int HEADROOM = 11;

  private static final int FIN_TEXT = 0x81;
  private static final int FIN_BINARY = 0x82;

  private final char type;
  private final boolean binary;

  /** Text: WebSocket header, packet type, data. Binary: WebSocket header of revision 4, data. */
  private final ByteBuf frame;

  private final int headerBytes;
  private @Nullable ByteBuf frameV3;
  private @Nullable ByteBuf base64;

  private EnginePacket(char type, boolean binary, ByteBuf frame, int payloadStart) {
    this.type = type;
    this.binary = binary;
    this.frame = frame;
    this.headerBytes = payloadStart - frame.readerIndex();
  }

  /** A message packet of text. */
  public static EnginePacket text(String data) {
    return text('4', data);
  }

  /** A message packet of the UTF-8 text that the writer appends; what it throws is thrown on. */
  public static EnginePacket text(Consumer<ByteBuf> writer) {
    ByteBuf buffer = ByteBufAllocator.DEFAULT.directBuffer(256);
    try {
      buffer.writeZero(HEADROOM);
      writer.accept(buffer);
      return framed('4', false, buffer);
    } catch (Throwable e) {
      buffer.release();
      throw e;
    }
  }

  /** A message packet of bytes. */
  public static EnginePacket binary(byte[] data) {
    ByteBuf buffer = ByteBufAllocator.DEFAULT.directBuffer(HEADROOM + data.length);
    buffer.writeZero(HEADROOM).writeBytes(data);
    return framed('4', true, buffer);
  }

  public static EnginePacket text(char type, String data) {
    ByteBuf buffer = ByteBufAllocator.DEFAULT.directBuffer(HEADROOM + data.length());
    buffer.writeZero(HEADROOM).writeCharSequence(data, StandardCharsets.UTF_8);
    return framed(type, false, buffer);
  }

  private static EnginePacket framed(char type, boolean binary, ByteBuf buffer) {
    int start = binary ? HEADROOM : HEADROOM - 1;
    if (!binary) {
      buffer.setByte(start, type);
    }
    header(buffer, start, binary ? FIN_BINARY : FIN_TEXT, buffer.writerIndex() - start);
    return new EnginePacket(type, binary, buffer, start);
  }

  /**
   * Writes a WebSocket header so that it ends where the payload starts, and moves the reader index
   * there.
   */
  private static void header(ByteBuf buffer, int payloadStart, int first, int length) {
    int start;
    if (length < 126) {
      start = payloadStart - 2;
      buffer.setByte(start + 1, length);
    } else if (length < 0x10000) {
      start = payloadStart - 4;
      buffer.setByte(start + 1, 126).setShort(start + 2, length);
    } else {
      start = payloadStart - 10;
      buffer.setByte(start + 1, 127).setLong(start + 2, length);
    }
    buffer.setByte(start, first).readerIndex(start);
  }

  public boolean isBinary() {
    return binary;
  }

  /** Bytes that the packet takes on a WebSocket. */
  public int size() {
    return frame.readableBytes();
  }

  /** A reference to the WebSocket frame, to be written as it is. */
  public synchronized ByteBuf webSocketFrame(EngineVersion version) {
    if (!binary || version == EngineVersion.V4) {
      return frame.retainedDuplicate();
    }
    ByteBuf v3 = frameV3;
    if (v3 == null) {
      ByteBuf data = data();
      v3 = frame.alloc().directBuffer(HEADROOM + data.readableBytes());
      v3.writeZero(HEADROOM - 1).writeByte(4).writeBytes(data);
      header(v3, HEADROOM - 1, FIN_BINARY, v3.writerIndex() - HEADROOM + 1);
      frameV3 = v3;
    }
    return v3.retainedDuplicate();
  }

  /**
   * A reference to the packet as text of a polling payload; binary as {@code b} or {@code b4} and
   * base64.
   */
  synchronized ByteBuf pollingText(EngineVersion version) {
    if (!binary) {
      return data().retain();
    }
    ByteBuf encoded = base64;
    if (encoded == null) {
      encoded = Base64.encode(data(), false);
      base64 = encoded;
    }
    ByteBuf prefix =
        Unpooled.copiedBuffer(version == EngineVersion.V4 ? "b" : "b4", StandardCharsets.US_ASCII);
    return Unpooled.wrappedBuffer(prefix, encoded.retainedDuplicate());
  }

  /** Text: type and data. Binary: the bare data. Not retained. */
  ByteBuf data() {
    return frame.slice(frame.readerIndex() + headerBytes, frame.readableBytes() - headerBytes);
  }

  @Override
  public EnginePacket retain() {
    super.retain();
    return this;
  }

  @Override
  public ReferenceCounted touch(Object hint) {
    frame.touch(hint);
    return this;
  }

  @Override
  protected void deallocate() {
    frame.release();
    if (frameV3 != null) {
      frameV3.release();
    }
    if (base64 != null) {
      base64.release();
    }
  }

  @Override
  public String toString() {
    return "EnginePacket[" + type + (binary ? ", binary, " : ", ") + size() + " bytes]";
  }
}
