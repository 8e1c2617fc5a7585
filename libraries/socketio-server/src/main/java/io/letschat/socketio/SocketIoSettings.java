package io.letschat.socketio;

import io.letschat.engineio.EngineSettings;
import java.time.Duration;

/**
 * What the Socket.IO server allows. Immutable; start from {@link #defaults()}.
 *
 * @param engine the transport below
 * @param connectTimeout how long a session may be without a namespace
 * @param maxUnhandledEvents packets of a connection that wait for listeners; more, and it is not
 *     read
 * @param maxAttachments binary attachments of one packet
 * @param maxAttachmentBytes bytes of all attachments of one packet together
 * @param maxJsonDepth nesting of arrays and objects in a packet
 * @param maxNamespaces namespaces of one connection at a time
 * @param maxRooms rooms that one socket may be in
 * @param authRequired whether a namespace without an auth listener refuses everybody
 */
public record SocketIoSettings(
    EngineSettings engine,
    Duration connectTimeout,
    int maxUnhandledEvents,
    int maxAttachments,
    int maxAttachmentBytes,
    int maxJsonDepth,
    int maxNamespaces,
    int maxRooms,
    boolean authRequired) {

  /** The values of Node's server where it has one. */
  public static SocketIoSettings defaults() {
    return new Builder().build();
  }

  /** A builder that starts from these settings. */
  public Builder toBuilder() {
    return new Builder(this);
  }

  /** Builds settings; every value has the default of {@link SocketIoSettings#defaults()}. */
  public static final class Builder {
    private EngineSettings engine = EngineSettings.defaults();
    private Duration connectTimeout = Duration.ofSeconds(45);
    private int maxUnhandledEvents = 64;
    private int maxAttachments = 10;
    private int maxAttachmentBytes = 2_000_000;
    private int maxJsonDepth = 64;
    private int maxNamespaces = 16;
    private int maxRooms = 1_000;
    private boolean authRequired;

    public Builder() {}

    private Builder(SocketIoSettings from) {
      engine = from.engine;
      connectTimeout = from.connectTimeout;
      maxUnhandledEvents = from.maxUnhandledEvents;
      maxAttachments = from.maxAttachments;
      maxAttachmentBytes = from.maxAttachmentBytes;
      maxJsonDepth = from.maxJsonDepth;
      maxNamespaces = from.maxNamespaces;
      maxRooms = from.maxRooms;
      authRequired = from.authRequired;
    }

    public Builder engine(EngineSettings value) {
      engine = value;
      return this;
    }

    public Builder connectTimeout(Duration value) {
      connectTimeout = value;
      return this;
    }

    public Builder maxUnhandledEvents(int events) {
      maxUnhandledEvents = events;
      return this;
    }

    public Builder attachments(int most, int mostBytes) {
      maxAttachments = most;
      maxAttachmentBytes = mostBytes;
      return this;
    }

    public Builder maxJsonDepth(int depth) {
      maxJsonDepth = depth;
      return this;
    }

    public Builder maxNamespaces(int namespaces) {
      maxNamespaces = namespaces;
      return this;
    }

    public Builder maxRooms(int rooms) {
      maxRooms = rooms;
      return this;
    }

    public Builder authRequired(boolean value) {
      authRequired = value;
      return this;
    }

    public SocketIoSettings build() {
      return new SocketIoSettings(
          engine,
          connectTimeout,
          maxUnhandledEvents,
          maxAttachments,
          maxAttachmentBytes,
          maxJsonDepth,
          maxNamespaces,
          maxRooms,
          authRequired);
    }
  }
}
