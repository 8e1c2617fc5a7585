package io.letschat.socketio.packet;

import io.letschat.socketio.SocketIoSettings;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Puts a connection's packets together from texts and the binary attachments that follow them. */
public final class BinaryPacketReassembler {
  /** A packet with all its attachments. */
  public record Whole(PacketHeader header, List<byte[]> attachments) {}

  private final SocketIoSettings settings;

  /** A packet whose attachments have not all come. */
  private @Nullable PacketHeader incomplete;

  private final List<byte[]> attachments = new ArrayList<>(0);
  private long attachmentBytes;

  public BinaryPacketReassembler(SocketIoSettings settings) {
    this.settings = settings;
  }

  /** A text came; null when attachments are to follow. */
  public @Nullable Whole onText(String data) throws MalformedMessage {
    if (incomplete != null) {
      throw new MalformedMessage("text among attachments");
    }
    PacketHeader header = PacketHeaderDecoder.decode(data, settings.maxAttachments());
    if (header.attachments() > 0) {
      incomplete = header;
      return null;
    }
    return new Whole(header, List.of());
  }

  /** An attachment came; null when more are to follow. */
  public @Nullable Whole onBinary(byte[] data) throws MalformedMessage {
    PacketHeader header = incomplete;
    attachmentBytes += data.length;
    if (header == null || attachmentBytes > settings.maxAttachmentBytes()) {
      throw new MalformedMessage(header == null ? "binary without a packet" : "too many bytes");
    }
    attachments.add(data);
    if (attachments.size() < header.attachments()) {
      return null;
    }
    Whole whole = new Whole(header, List.copyOf(attachments));
    incomplete = null;
    attachments.clear();
    attachmentBytes = 0;
    return whole;
  }
}
