package io.letschat.messaging.recovery;

import io.letschat.application.Scheduler;
import io.letschat.application.delivery.RoomStreams;
import io.letschat.application.recovery.RecoveryState;
import io.letschat.application.recovery.RecoveryStateStore;
import io.letschat.application.recovery.RestoreSubscriptions;
import io.letschat.application.recovery.StreamOffset;
import io.letschat.domain.message.Seq;
import io.letschat.domain.room.RoomEpoch;
import io.letschat.domain.room.RoomId;
import io.letschat.messaging.codec.Dialect;
import io.letschat.messaging.codec.OffsetSupport;
import io.letschat.messaging.codec.PositionEvent;
import io.letschat.messaging.socket.ChatMetrics;
import io.letschat.messaging.socket.ChatSocket;
import io.letschat.socketio.RecoverableSocket;
import io.letschat.socketio.StateRecovery;
import io.letschat.socketio.TemporarilyUnavailable;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets sockets come back to their rooms. A bookmark outlives its socket by {@code window} at least:
 * it is renewed while the socket is open, and by nobody once its node is dead.
 */
public final class ConnectionStateRecovery implements StateRecovery {
  private static final Logger log = LoggerFactory.getLogger(ConnectionStateRecovery.class);
  private static final Duration MOST_RARELY = Duration.ofSeconds(15);
  private static final Duration OLD_CONNECTION = Duration.ofSeconds(3);
  private static final int PID_BYTES = 18;
  private static final int JOIN_BYTES = 6;

  private final RecoveryStateStore recoveryStateStore;
  private final RestoreSubscriptions restoreSubscriptions;
  private final RoomStreams streams;
  private final Random random;
  private final ChatMetrics metrics;
  private final Duration pause;
  private final Duration lifetime;
  private final RecoveryThrottle throttle;
  private final OpenRecoverySessions open;

  /**
   * @param random a cryptographic one
   */
  public ConnectionStateRecovery(
      RecoveryStateStore recoveryStateStore,
      RestoreSubscriptions restoreSubscriptions,
      RoomStreams streams,
      Random random,
      Scheduler scheduler,
      ChatMetrics metrics,
      Duration window) {
    this.recoveryStateStore = recoveryStateStore;
    this.restoreSubscriptions = restoreSubscriptions;
    this.streams = streams;
    this.random = random;
    this.metrics = metrics;
    this.throttle = new RecoveryThrottle(scheduler, metrics);
    Duration quarter = window.dividedBy(4);
    this.pause = quarter.compareTo(MOST_RARELY) < 0 ? quarter : MOST_RARELY;
    this.lifetime = window.plus(pause.multipliedBy(2));
    this.open = new OpenRecoverySessions(recoveryStateStore, lifetime);
  }

  /** How often {@link #renew} has to be called. */
  public Duration pause() {
    return pause;
  }

  @Override
  public Optional<RecoverySession> restore(
      RecoverableSocket client, Optional<ReconnectAttempt> attempt) {
    return ChatSocket.of(client)
        .filter(socket -> attempt.isPresent() || takesOffsets(client))
        .map(socket ->
            attempt
                .flatMap(words -> recovered(socket, client, words))
                .orElseGet(() -> fresh(socket, client, attempt)));
  }

  private static boolean takesOffsets(RecoverableSocket client) {
    return OffsetSupport.include(client.getHandshakeData().getHttpHeaders());
  }

  private RecoverySession fresh(
      ChatSocket socket, RecoverableSocket client, Optional<ReconnectAttempt> attempt) {
    String pid = Base64.getUrlEncoder().withoutPadding().encodeToString(bits(PID_BYTES));
    var recoveryState =
        new RecoveryState(
            new RecoveryState.Key(socket.user(), pid),
            socket.id(),
            client.getSessionId().toString(),
            socket.dialect().stored(),
            attempt.flatMap(ReconnectAttempt::offset).flatMap(StreamOffset::parse),
            Optional.empty(),
            List.of());
    new RecoverySessionWriter(socket, client, recoveryStateStore, lifetime, recoveryState).attach();
    return new RecoverySession(pid, Optional.empty());
  }

  private Optional<RecoverySession> recovered(
      ChatSocket socket, RecoverableSocket client, ReconnectAttempt words) {
    var key = new RecoveryState.Key(socket.user(), words.pid());
    try {
      return switch (recoveryStateStore.claim(key, socket.id())) {
        case RecoveryStateStore.NotThere() -> refused("unknown");
        case RecoveryStateStore.Unavailable() -> refused("unavailable");
        case RecoveryStateStore.Claimed(var recoveryState) ->
            throttle.inTurn(
                () -> resumed(socket, client, recoveryState, words),
                () -> recoveryStateStore.keep(recoveryState, lifetime));
      };
    } catch (TemporarilyUnavailable later) {
      throw later;
    } catch (RuntimeException e) {
      log.error("a socket could not be recovered", e);
      return refused("unavailable");
    }
  }

  private Optional<RecoverySession> resumed(
      ChatSocket socket,
      RecoverableSocket client,
      RecoveryState recoveryState,
      ReconnectAttempt words) {
    UUID id = UUID.fromString(recoveryState.socket());
    Dialect dialect = Dialect.ofStored(recoveryState.dialect());
    // The client has left it, whether or not this node has noticed.
    if (client.getNamespace().getClient(id) instanceof RecoverableSocket before
        && !before.terminate(OLD_CONNECTION)) {
      return refused("busy");
    }
    Optional<StreamOffset> offset = words.offset().flatMap(StreamOffset::parse);
    return switch (restoreSubscriptions.resume(socket.who(), recoveryState, offset, socket)) {
      case RestoreSubscriptions.Refused(var reason) -> {
        recoveryStateStore.drop(recoveryState);
        yield refused(reason.name().toLowerCase(Locale.ROOT));
      }
      case RestoreSubscriptions.Resumed rooms -> {
        socket.speaks(dialect);
        var recoverySessionWriter =
            new RecoverySessionWriter(socket, client, recoveryStateStore, lifetime, recoveryState);
        recoverySessionWriter.attach();
        yield Optional.of(
            new RecoverySession(
                words.pid(),
                Optional.of(new RestoredSocket(id, recoverySessionWriter, rooms, open, metrics))));
      }
    };
  }

  private Optional<RecoverySession> refused(String reason) {
    metrics.comeback(reason);
    return Optional.empty();
  }

  @Override
  public void disconnected(RecoverableSocket client, boolean intentional) {
    ChatSocket.of(client)
        .flatMap(RecoverySessionWriter::of)
        .ifPresent(recoverySessionWriter -> {
          open.remove(recoverySessionWriter);
          recoverySessionWriter.end(intentional);
        });
  }

  /**
   * To be called before the socket hears of it.
   *
   * @return what the socket is told once it has, and before it gets messages; empty where it cannot
   *     come back
   */
  public Optional<PositionEvent> joined(ChatSocket socket, RoomId room, RoomEpoch epoch, Seq last) {
    return RecoverySessionWriter.of(socket)
        .map(recoverySessionWriter -> {
          String join = HexFormat.of().formatHex(bits(JOIN_BYTES));
          open.add(recoverySessionWriter);
          recoverySessionWriter.change(recoveryState ->
              recoveryState
                  .speaking(socket.dialect().stored())
                  .joined(room, epoch, last, join, this::reached));
          return new PositionEvent(new StreamOffset(room, last, Optional.of(join)));
        });
  }

  private RecoveryState.Place reached(RecoveryState.Place place) {
    return new RecoveryState.Place(
        place.room(),
        place.epoch(),
        place.joined(),
        streams.position(place.room()).orElse(place.reached()));
  }

  /** To be called before the socket hears of it. */
  public void left(ChatSocket socket) {
    RecoverySessionWriter.of(socket).ifPresent(RecoverySessionWriter::write);
  }

  /** To be called before the socket leaves its rooms because its connection has ended. */
  public void closing(ChatSocket socket) {
    RecoverySessionWriter.of(socket).ifPresent(RecoverySessionWriter::closing);
  }

  /** The sockets that are open stay able to come back. */
  public void renew() {
    open.renew();
  }

  private byte[] bits(int bytes) {
    byte[] bits = new byte[bytes];
    random.nextBytes(bits);
    return bits;
  }
}
