package io.letschat.socketio.packet;

import com.corundumstudio.socketio.protocol.JsonSupport;
import io.letschat.engineio.packet.EnginePacket;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes packets: one Engine.IO text message, and a binary one per attachment. */
public final class MessageEncoder {
  private final JsonSupport json;

  public MessageEncoder(JsonSupport json) {
    this.json = json;
  }

  /**
   * Encodes a packet, with one reference to each part of the result.
   *
   * @param namespace as netty-socketio names it: the main one is empty
   * @throws UncheckedIOException when the data cannot be written as JSON
   */
  public List<EnginePacket> encode(
      PacketKind kind, String namespace, @Nullable Long ackId, @Nullable Object data) {
    if (data == null) {
      return List.of(EnginePacket.text(header(kind.wire(), "", namespace, ackId)));
    }
    List<EnginePacket> packets = new ArrayList<>(1);
    String plainHeader = header(kind.wire(), "", namespace, ackId);
    ByteBuf[] written = new ByteBuf[1];
    EnginePacket text =
        EnginePacket.text(buffer -> {
          buffer.writeCharSequence(plainHeader, StandardCharsets.UTF_8);
          int start = buffer.writerIndex();
          writeJson(buffer, data);
          written[0] = buffer.slice(start, buffer.writerIndex() - start);
        });
    List<byte[]> attachments =
        kind == PacketKind.EVENT || kind == PacketKind.ACK
            ? List.copyOf(json.getArrays())
            : List.of();
    if (attachments.isEmpty()) {
      packets.add(text);
      return packets;
    }
    String header = header(kind.wireWithAttachments(), attachments.size() + "-", namespace, ackId);
    packets.add(
        EnginePacket.text(buffer -> {
          buffer.writeCharSequence(header, StandardCharsets.UTF_8);
          buffer.writeBytes(written[0]);
        }));
    text.release();
    attachments.forEach(attachment -> packets.add(EnginePacket.binary(attachment)));
    return packets;
  }

  private void writeJson(ByteBuf buffer, Object data) {
    try (ByteBufOutputStream out = new ByteBufOutputStream(buffer)) {
      json.writeValue(out, data);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String header(
      char type, String attachments, String namespace, @Nullable Long ackId) {
    return type
        + attachments
        + (namespace.isEmpty() || namespace.equals("/") ? "" : namespace + ",")
        + (ackId == null ? "" : ackId.toString());
  }
}
