package io.letschat.engineio;

import io.letschat.engineio.packet.EnginePacket;
import io.letschat.engineio.polling.PollingExchange;
import io.letschat.engineio.session.EngineSession;
import io.letschat.engineio.session.EngineSessionListener;
import io.letschat.engineio.session.FlushScheduler;
import io.letschat.engineio.session.SessionRegistry;
import io.letschat.protocol.OriginPolicy;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * An Engine.IO server for any port that others own: put {@link #newConnectionHandler()} behind an
 * {@code HttpServerCodec} and {@code HttpPipeliningHandler}.
 *
 * @see <a href="https://socket.io/docs/v4/engine-io-protocol/">the protocol</a>
 */
public final class EngineServer {
  /** Headers that only concern the transport; a session keeps all others as long as it lives. */
  private static final Set<String> TRANSPORT_HEADERS =
      Set.of(
          "accept",
          "accept-encoding",
          "cache-control",
          "connection",
          "content-length",
          "content-type",
          "dnt",
          "keep-alive",
          "pragma",
          "priority",
          "te",
          "transfer-encoding",
          "upgrade",
          "upgrade-insecure-requests");

  private final EngineSettings settings;
  private final EngineSessionListener.Factory listeners;
  private final OriginPolicy origins;
  private final SessionRegistry sessions;
  private final ConcurrentHashMap<EventLoop, FlushScheduler> flushers = new ConcurrentHashMap<>();
  private volatile Supplier<Optional<EngineRejectReason>> admissionControl = Optional::empty;
  private volatile boolean notAccepting;
  private volatile boolean stopped;

  public EngineServer(EngineSettings settings, EngineSessionListener.Factory listeners) {
    this.settings = settings;
    this.listeners = listeners;
    this.sessions = new SessionRegistry(settings.sessionPrefix());
    this.origins = new OriginPolicy(settings.allowedOrigins());
  }

  /** A handler for one connection; passes on the requests to other paths than the engine's. */
  public ChannelHandler newConnectionHandler() {
    return new EngineHttpHandler(this);
  }

  public EngineSettings settings() {
    return settings;
  }

  /** Open sessions, for metrics. */
  public int sessionCount() {
    return sessions.size();
  }

  /** Addresses with open sessions, for metrics. */
  public int addressCount() {
    return sessions.addresses();
  }

  public Collection<EngineSession> sessions() {
    return Collections.unmodifiableCollection(sessions.all());
  }

  /**
   * Rejects new sessions with 503, upon which a load balancer may choose another node. The open
   * ones go on.
   */
  public void stopAccepting() {
    notAccepting = true;
  }

  /**
   * Admission control: rejects new sessions, with 503, for as long as this gives a reason. It is
   * called on event loops: it must not block or throw.
   */
  public void rejectNewSessions(Supplier<Optional<EngineRejectReason>> reason) {
    admissionControl = reason;
  }

  /** Closes all sessions, so that clients reconnect by themselves, and opens no more. */
  public void stop() {
    notAccepting = true;
    stopped = true;
    sessions.all().forEach(session -> session.end(CloseReason.SERVER_STOP));
  }

  /**
   * Runs a task once what was sent until now has been handed to the connections that take it: on an
   * event loop, where it must not block or throw, or at once.
   */
  public void whenWritten(Runnable task) {
    List<FlushScheduler> busy =
        flushers.values().stream().filter(flusher -> !flusher.isIdle()).toList();
    if (busy.isEmpty()) {
      task.run();
      return;
    }
    var left = new AtomicInteger(busy.size());
    for (FlushScheduler flusher : busy) {
      flusher.afterFlush(() -> {
        if (left.decrementAndGet() == 0) {
          task.run();
        }
      });
    }
  }

  /** Whether a page of another site asks. */
  OriginPolicy.Verdict verdict(HttpHeaders headers) {
    return origins.of(headers::get, headers.get(HttpHeaderNames.HOST, ""));
  }

  @Nullable EngineSession session(String id) {
    return sessions.get(id);
  }

  public FlushScheduler flusher(EventLoop loop) {
    return flushers.computeIfAbsent(loop, FlushScheduler::new);
  }

  public void forget(EngineSession session) {
    sessions.remove(session);
  }

  /** Why this client cannot have a session, or null. */
  public @Nullable EngineRejectReason rejection(Handshake handshake) {
    if (notAccepting) {
      return EngineRejectReason.STOPPING;
    }
    if (sessions.sessionsOf(handshake.client()) >= settings.maxSessionsPerAddress()) {
      return EngineRejectReason.TOO_MANY_SESSIONS;
    }
    return admissionControl.get().orElse(null);
  }

  public Handshake handshake(Channel channel, EngineRequest request) {
    HttpHeaders kept = new DefaultHttpHeaders();
    request
        .headers()
        .forEach(header -> {
          String name = header.getKey().toLowerCase(Locale.ROOT);
          if (isKept(name)) {
            kept.add(header.getKey(), header.getValue());
          }
        });
    return new Handshake(
        request.http().uri(),
        request.query(),
        kept,
        settings.clientAddress().of(channel, request.http()),
        channel.localAddress(),
        request.headers().contains(HttpHeaderNames.ORIGIN)
            && verdict(request.headers()) == OriginPolicy.Verdict.ALLOWED,
        Instant.now());
  }

  /** What a WebSocket offers tells programs apart that send no {@code User-Agent}. */
  private static boolean isKept(String name) {
    return name.equals("sec-websocket-extensions")
        || (!TRANSPORT_HEADERS.contains(name) && !name.startsWith("sec-"));
  }

  void openPolling(Channel channel, EngineRequest request, PollingExchange exchange) {
    Handshake handshake = handshake(channel, request);
    EngineRejectReason rejectReason = rejection(handshake);
    if (rejectReason != null) {
      exchange.reject(rejectReason);
      return;
    }
    EngineSession session = open(channel, request, handshake, null);
    session.polling().onPoll(exchange);
  }

  public EngineSession openWebSocket(Channel channel, EngineRequest request, Handshake handshake) {
    return open(channel, request, handshake, channel);
  }

  private EngineSession open(
      Channel channel, EngineRequest request, Handshake handshake, @Nullable Channel webSocket) {
    EngineVersion version =
        request.version() == EngineVersion.V3 ? EngineVersion.V3 : EngineVersion.V4;
    EngineSession session =
        new EngineSession(
            this,
            sessions.newId(),
            version,
            request.parameter("b64") != null,
            handshake,
            channel.eventLoop(),
            webSocket);
    session.send(EnginePacket.text('0', openPacket(session, webSocket == null)));
    session.open(listeners.opened(session));
    // From here on others may end it, which its listener has to hear.
    sessions.add(session);
    if (stopped) {
      session.end(CloseReason.SERVER_STOP);
    }
    return session;
  }

  private String openPacket(EngineSession session, boolean mayUpgrade) {
    return "{\"sid\":\"%s\",\"upgrades\":[%s],\"pingInterval\":%d,\"pingTimeout\":%d,\"maxPayload\":%d}"
        .formatted(
            session.id(),
            mayUpgrade ? "\"websocket\"" : "",
            settings.pingInterval().toMillis(),
            settings.pingTimeout().toMillis(),
            settings.maxPayload());
  }
}
