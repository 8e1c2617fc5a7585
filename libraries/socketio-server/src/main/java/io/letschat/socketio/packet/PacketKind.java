package io.letschat.socketio.packet;

/** Packet types of Socket.IO; binary events and acks are the same with attachments. */
public enum PacketKind {
  CONNECT('0'),
  DISCONNECT('1'),
  EVENT('2'),
  ACK('3'),
  CONNECT_ERROR('4');

  private static final int BINARY_OFFSET = 3;

  private final char wire;

  PacketKind(char wire) {
    this.wire = wire;
  }

  char wire() {
    return wire;
  }

  char wireWithAttachments() {
    return (char) (wire + BINARY_OFFSET);
  }
}
