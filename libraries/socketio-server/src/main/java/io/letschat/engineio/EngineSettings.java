package io.letschat.engineio;

import java.time.Duration;
import java.util.function.Predicate;

/**
 * What the Engine.IO server allows. Immutable; start from {@link #defaults()}.
 *
 * @param path path of the endpoint, with the trailing slash
 * @param pingInterval time between two pings of the server (revision 4)
 * @param pingTimeout how long a pong may take
 * @param upgradeTimeout how long a probing WebSocket may take to complete the upgrade
 * @param closeTimeout how long a closed polling session waits for a poll to tell it so
 * @param bodyTimeout how long the body of a POST may take
 * @param maxPayload bytes of one POST body or WebSocket message
 * @param maxPacketsPerPayload packets in one POST body
 * @param maxFragments frames of one WebSocket message
 * @param maxQueryChars characters of the request's URI
 * @param maxSessionsPerAddress open sessions of one client address (IPv6: of one /64)
 * @param maxOutboundBytes bytes that may wait for a client; more, and it is closed as slow
 * @param allowVersion3 whether revision 3 (socket.io-client 2.x) is served
 * @param sessionPrefix what the ids of sessions begin with, by which a balancer may know whose they
 *     are; letters, digits, {@code . _ ~ -}, and empty for none
 * @param allowedOrigins origins that may connect beside our own host, for instance {@code
 *     https://app.example.org}
 */
public record EngineSettings(
    String path,
    Duration pingInterval,
    Duration pingTimeout,
    Duration upgradeTimeout,
    Duration closeTimeout,
    Duration bodyTimeout,
    int maxPayload,
    int maxPacketsPerPayload,
    int maxFragments,
    int maxQueryChars,
    int maxSessionsPerAddress,
    int maxOutboundBytes,
    boolean allowVersion3,
    String sessionPrefix,
    Predicate<String> allowedOrigins,
    ClientAddressResolver clientAddress,
    RejectionListener rejections) {

  /** The prefix stands in addresses. */
  public EngineSettings {
    if (!sessionPrefix.matches("[A-Za-z0-9._~-]*")) {
      throw new IllegalArgumentException("not for an address: " + sessionPrefix);
    }
  }

  /** The values of Node's server where it has one. */
  public static EngineSettings defaults() {
    return new Builder().build();
  }

  /** A builder that starts from these settings. */
  public Builder toBuilder() {
    return new Builder(this);
  }

  /** Builds settings; every value has the default of {@link EngineSettings#defaults()}. */
  public static final class Builder {
    private String path = "/socket.io/";
    private Duration pingInterval = Duration.ofSeconds(25);
    private Duration pingTimeout = Duration.ofSeconds(20);
    private Duration upgradeTimeout = Duration.ofSeconds(10);
    private Duration closeTimeout = Duration.ofSeconds(30);
    private Duration bodyTimeout = Duration.ofSeconds(20);
    private int maxPayload = 1_000_000;
    private int maxPacketsPerPayload = 2_000;
    private int maxFragments = 1_000;
    private int maxQueryChars = 4_096;
    private int maxSessionsPerAddress = 10_000;
    private int maxOutboundBytes = 1024 * 1024;
    private boolean allowVersion3 = true;
    private String sessionPrefix = "";
    private Predicate<String> allowedOrigins = origin -> false;
    private ClientAddressResolver clientAddress = ClientAddressResolver.ofPeer();
    private RejectionListener rejections = reason -> {};

    public Builder() {}

    private Builder(EngineSettings from) {
      path = from.path;
      pingInterval = from.pingInterval;
      pingTimeout = from.pingTimeout;
      upgradeTimeout = from.upgradeTimeout;
      closeTimeout = from.closeTimeout;
      bodyTimeout = from.bodyTimeout;
      maxPayload = from.maxPayload;
      maxPacketsPerPayload = from.maxPacketsPerPayload;
      maxFragments = from.maxFragments;
      maxQueryChars = from.maxQueryChars;
      maxSessionsPerAddress = from.maxSessionsPerAddress;
      maxOutboundBytes = from.maxOutboundBytes;
      allowVersion3 = from.allowVersion3;
      sessionPrefix = from.sessionPrefix;
      allowedOrigins = from.allowedOrigins;
      clientAddress = from.clientAddress;
      rejections = from.rejections;
    }

    /** The endpoint's path; a missing trailing slash is added. */
    public Builder path(String value) {
      path = value.endsWith("/") ? value : value + "/";
      return this;
    }

    public Builder heartbeat(Duration interval, Duration timeout) {
      pingInterval = interval;
      pingTimeout = timeout;
      return this;
    }

    public Builder upgradeTimeout(Duration value) {
      upgradeTimeout = value;
      return this;
    }

    public Builder closeTimeout(Duration value) {
      closeTimeout = value;
      return this;
    }

    public Builder bodyTimeout(Duration value) {
      bodyTimeout = value;
      return this;
    }

    public Builder maxPayload(int bytes) {
      maxPayload = bytes;
      return this;
    }

    public Builder maxPacketsPerPayload(int packets) {
      maxPacketsPerPayload = packets;
      return this;
    }

    public Builder maxFragments(int frames) {
      maxFragments = frames;
      return this;
    }

    public Builder maxQueryChars(int chars) {
      maxQueryChars = chars;
      return this;
    }

    public Builder maxSessionsPerAddress(int sessions) {
      maxSessionsPerAddress = sessions;
      return this;
    }

    public Builder maxOutboundBytes(int bytes) {
      maxOutboundBytes = bytes;
      return this;
    }

    public Builder allowVersion3(boolean value) {
      allowVersion3 = value;
      return this;
    }

    public Builder sessionPrefix(String value) {
      sessionPrefix = value;
      return this;
    }

    public Builder allowedOrigins(Predicate<String> value) {
      allowedOrigins = value;
      return this;
    }

    public Builder clientAddress(ClientAddressResolver value) {
      clientAddress = value;
      return this;
    }

    public Builder rejections(RejectionListener value) {
      rejections = value;
      return this;
    }

    public EngineSettings build() {
      return new EngineSettings(
          path,
          pingInterval,
          pingTimeout,
          upgradeTimeout,
          closeTimeout,
          bodyTimeout,
          maxPayload,
          maxPacketsPerPayload,
          maxFragments,
          maxQueryChars,
          maxSessionsPerAddress,
          maxOutboundBytes,
          allowVersion3,
          sessionPrefix,
          allowedOrigins,
          clientAddress,
          rejections);
    }
  }
}
