package io.letschat.socketio.packet;

import org.jspecify.annotations.Nullable;

/**
 * A received packet, as far as it was read on the event loop.
 *
 * @param namespace with its slash; {@code /} is the main one
 * @param query what followed a question mark in the namespace (revision 4 of the protocol), or null
 * @param ackId the id by which an ack is asked for, or given; null when none
 * @param json the payload, not yet parsed; empty when there was none
 */
public record PacketHeader(
    PacketKind kind,
    int attachments,
    boolean binary,
    String namespace,
    @Nullable String query,
    @Nullable Long ackId,
    String json) {}
