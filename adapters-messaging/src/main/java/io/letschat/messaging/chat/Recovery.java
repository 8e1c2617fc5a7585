package io.letschat.messaging.chat;

import io.letschat.application.Scheduler;
import io.letschat.application.message.RoomFeeds;
import io.letschat.application.recovery.Bookmark;
import io.letschat.application.recovery.Bookmarks;
import io.letschat.application.recovery.Offset;
import io.letschat.application.recovery.ResumeRooms;
import io.letschat.domain.message.Seq;
import io.letschat.domain.room.RoomEpoch;
import io.letschat.domain.room.RoomId;
import io.letschat.messaging.socketio.AdmissionUnavailable;
import io.letschat.messaging.socketio.RecoverableClient;
import io.letschat.messaging.socketio.StateRecovery;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets sockets come back to their rooms. A bookmark outlives its socket by {@code window} at least:
 * it is renewed while the socket is open, and by nobody once its node is dead.
 */
final class Recovery implements StateRecovery {
  /** An event without news: it is there for its offset. */
  static final String POSITION = "position";

  private static final Logger log = LoggerFactory.getLogger(Recovery.class);
  private static final Duration MOST_RARELY = Duration.ofSeconds(15);
  private static final Duration OLD_CONNECTION = Duration.ofSeconds(3);
  private static final int PID_BYTES = 18;
  private static final int JOIN_BYTES = 6;

  private final Bookmarks bookmarks;
  private final ResumeRooms resumeRooms;
  private final RoomFeeds feeds;
  private final Random random;
  private final ChatMetrics metrics;
  private final Duration pause;
  private final Duration lifetime;
  private final RecoveryThrottle throttle;
  private final Set<Trail> open = ConcurrentHashMap.newKeySet();

  /**
   * @param random a cryptographic one
   */
  Recovery(
      Bookmarks bookmarks,
      ResumeRooms resumeRooms,
      RoomFeeds feeds,
      Random random,
      Scheduler scheduler,
      ChatMetrics metrics,
      Duration window) {
    this.bookmarks = bookmarks;
    this.resumeRooms = resumeRooms;
    this.feeds = feeds;
    this.random = random;
    this.metrics = metrics;
    this.throttle = new RecoveryThrottle(scheduler, metrics);
    Duration quarter = window.dividedBy(4);
    this.pause = quarter.compareTo(MOST_RARELY) < 0 ? quarter : MOST_RARELY;
    this.lifetime = window.plus(pause.multipliedBy(2));
  }

  /** How often {@link #renew} has to be called. */
  Duration pause() {
    return pause;
  }

  @Override
  public Optional<Admitted> admit(RecoverableClient client, Optional<Comeback> comeback) {
    return ChatSocket.of(client)
        .filter(socket -> comeback.isPresent() || takesOffsets(client))
        .map(socket ->
            comeback
                .flatMap(words -> recovered(socket, client, words))
                .orElseGet(() -> fresh(socket, client, comeback)));
  }

  private static boolean takesOffsets(RecoverableClient client) {
    return OffsetTakers.include(client.getHandshakeData().getHttpHeaders());
  }

  private Admitted fresh(ChatSocket socket, RecoverableClient client, Optional<Comeback> comeback) {
    String pid = Base64.getUrlEncoder().withoutPadding().encodeToString(bits(PID_BYTES));
    var bookmark =
        new Bookmark(
            new Bookmark.Key(socket.user(), pid),
            socket.id(),
            client.getSessionId().toString(),
            socket.dialect().name(),
            comeback.flatMap(Comeback::offset).flatMap(Offset::parse),
            Optional.empty(),
            List.of());
    socket.leaves(new Trail(socket, client, bookmarks, lifetime, bookmark));
    return new Admitted(pid, Optional.empty());
  }

  private Optional<Admitted> recovered(
      ChatSocket socket, RecoverableClient client, Comeback words) {
    var key = new Bookmark.Key(socket.user(), words.pid());
    try {
      return switch (bookmarks.claim(key, socket.id())) {
        case Bookmarks.NotThere() -> refused("unknown");
        case Bookmarks.Unavailable() -> refused("unavailable");
        case Bookmarks.Claimed(var bookmark) ->
            throttle.inTurn(
                () -> resumed(socket, client, bookmark, words),
                () -> bookmarks.keep(bookmark, lifetime));
      };
    } catch (AdmissionUnavailable later) {
      throw later;
    } catch (RuntimeException e) {
      log.error("a socket could not be recovered", e);
      return refused("unavailable");
    }
  }

  private Optional<Admitted> resumed(
      ChatSocket socket, RecoverableClient client, Bookmark bookmark, Comeback words) {
    UUID id = UUID.fromString(bookmark.socket());
    Dialect dialect = Dialect.valueOf(bookmark.dialect());
    // The client has left it, whether or not this node has noticed.
    if (client.getNamespace().getClient(id) instanceof RecoverableClient before
        && !before.drop(OLD_CONNECTION)) {
      return refused("busy");
    }
    Optional<Offset> offset = words.offset().flatMap(Offset::parse);
    return switch (resumeRooms.resume(socket.who(), bookmark, offset, socket)) {
      case ResumeRooms.Refused(var reason) -> {
        bookmarks.drop(bookmark);
        yield refused(reason.name().toLowerCase(Locale.ROOT));
      }
      case ResumeRooms.Resumed rooms -> {
        socket.speaks(dialect);
        rooms.members().forEach(socket::joined);
        var trail = new Trail(socket, client, bookmarks, lifetime, bookmark);
        socket.leaves(trail);
        yield Optional.of(new Admitted(words.pid(), Optional.of(new Recovering(id, trail, rooms))));
      }
    };
  }

  private Optional<Admitted> refused(String reason) {
    metrics.comeback(reason);
    return Optional.empty();
  }

  /** A socket that goes on, between its claim and its first event. */
  private final class Recovering implements Recovered {
    private final UUID id;
    private final Trail trail;
    private final ResumeRooms.Resumed rooms;

    Recovering(UUID id, Trail trail, ResumeRooms.Resumed rooms) {
      this.id = id;
      this.trail = trail;
      this.rooms = rooms;
    }

    @Override
    public UUID id() {
      return id;
    }

    @Override
    public void begin() {
      open.add(trail);
      trail.write();
      metrics.comeback("recovered");
      rooms.begin().run();
    }

    @Override
    public void abandon() {
      rooms.abandon().run();
      trail.write();
      metrics.comeback("lost_again");
    }
  }

  @Override
  public void gone(RecoverableClient client, boolean forGood) {
    ChatSocket.of(client)
        .flatMap(ChatSocket::trail)
        .ifPresent(trail -> {
          open.remove(trail);
          trail.end(forGood);
        });
  }

  /**
   * To be called before the socket hears of it.
   *
   * @return to be called once it has, and before it gets messages: the first offset of the room
   */
  Runnable joined(ChatSocket socket, RoomId room, RoomEpoch epoch, Seq last) {
    Optional<Trail> left = socket.trail();
    if (left.isEmpty()) {
      return () -> {};
    }
    Trail trail = left.get();
    String join = HexFormat.of().formatHex(bits(JOIN_BYTES));
    open.add(trail);
    trail.change(bookmark ->
        bookmark.speaking(socket.dialect().name()).joined(room, epoch, last, join, this::reached));
    return () -> {
      var told = WireEvent.of(POSITION, Json.object("room_id", room.value(), "seq", last.value()));
      var offset = new Offset(room, last, Optional.of(join));
      socket.client().sendEvent(told.name(), Offsets.with(offset, told));
    };
  }

  private Bookmark.Place reached(Bookmark.Place place) {
    return new Bookmark.Place(
        place.room(),
        place.epoch(),
        place.joined(),
        feeds.position(place.room()).orElse(place.reached()));
  }

  /** To be called before the socket hears of it. */
  void left(ChatSocket socket) {
    socket.trail().ifPresent(Trail::write);
  }

  /** The sockets that are open stay able to come back. */
  void renew() {
    List<Trail> trails = List.copyOf(open);
    trails.stream().filter(Trail::isBehind).forEach(Trail::write);
    List<Bookmarks.Outcome> outcomes =
        bookmarks.renew(trails.stream().map(Trail::bookmark).toList(), lifetime);
    for (int i = 0; i < trails.size(); i++) {
      switch (outcomes.get(i)) {
        case GONE -> trails.get(i).write();
        case TAKEN -> trails.get(i).taken();
        case DONE, UNKNOWN -> {}
      }
    }
  }

  private byte[] bits(int bytes) {
    byte[] bits = new byte[bytes];
    random.nextBytes(bits);
    return bits;
  }
}
