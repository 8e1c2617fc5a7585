package io.letschat.messaging.socket;

import io.letschat.application.Scheduler;
import io.letschat.application.delivery.ConnectionRegistry;
import io.letschat.application.delivery.cluster.SessionListener;
import io.letschat.domain.account.SessionId;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The open sockets by session: when it ends or expires, they close. */
public final class SessionSocketRegistry implements SessionListener {
  /** Nobody is on the way from the look-up to an open socket for so long. */
  private static final Duration LONGEST_CONNECT = Duration.ofMinutes(2);

  private record Open(Scheduler.Later expiry) {}

  private final Map<SessionId, Map<ChatSocket, Open>> sessions = new ConcurrentHashMap<>();
  private final Set<SessionId> endedLately = ConcurrentHashMap.newKeySet();
  private final ConnectionRegistry registry;
  private final Scheduler scheduler;
  private final InstantSource clock;

  public SessionSocketRegistry(
      ConnectionRegistry registry, Scheduler scheduler, InstantSource clock) {
    this.registry = registry;
    this.scheduler = scheduler;
    this.clock = clock;
  }

  /** The session may have ended since it was looked up, when the socket was not here yet. */
  void opened(ChatSocket socket) {
    registry.opened(socket);
    add(socket);
    if (endedLately.contains(socket.who().session().id())) {
      socket.client().disconnect();
    }
  }

  private void add(ChatSocket socket) {
    var session = socket.who().session();
    Duration left = Duration.between(clock.instant(), session.expiresAt());
    sessions.compute(
        session.id(),
        (id, known) -> {
          Map<ChatSocket, Open> sockets = known == null ? new ConcurrentHashMap<>() : known;
          sockets.put(socket, new Open(scheduler.after(left, () -> ended(id))));
          return sockets;
        });
  }

  public void closed(ChatSocket socket) {
    registry.closed(socket);
    sessions.computeIfPresent(
        socket.who().session().id(),
        (id, sockets) -> {
          Open open = sockets.remove(socket);
          if (open != null) {
            open.expiry.cancel();
          }
          return sockets.isEmpty() ? null : sockets;
        });
  }

  /** How many sessions have open sockets. */
  int sessions() {
    return sessions.size();
  }

  /** Those that are open now. */
  Map<SessionId, List<ChatSocket>> bySession() {
    Map<SessionId, List<ChatSocket>> open = new HashMap<>();
    sessions.forEach((session, sockets) -> open.put(session, List.copyOf(sockets.keySet())));
    return open;
  }

  @Override
  public void ended(SessionId session) {
    if (endedLately.add(session)) {
      scheduler.after(LONGEST_CONNECT, () -> endedLately.remove(session));
    }
    Set<ChatSocket> sockets = sessions.getOrDefault(session, Map.of()).keySet();
    sockets.forEach(socket -> socket.client().disconnect());
  }
}
