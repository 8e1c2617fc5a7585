package io.letschat.application.presence;

import io.letschat.application.account.EmailVerificationPolicy;
import io.letschat.application.account.session.AuthenticatedUser;
import io.letschat.application.delivery.Connection;
import io.letschat.application.delivery.MessageLog;
import io.letschat.application.delivery.RoomEvent;
import io.letschat.application.delivery.RoomStreams;
import io.letschat.application.room.RoomAccess;
import io.letschat.application.room.Rooms;
import io.letschat.domain.message.Message;
import io.letschat.domain.message.Seq;
import io.letschat.domain.room.Member;
import io.letschat.domain.room.RoomEpoch;
import io.letschat.domain.room.RoomId;
import io.letschat.domain.room.RoomPassword;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A socket begins to listen to a room. It gets what it missed up to a number, and after {@link
 * Opened#goLive} everything after that number: no hole, nothing twice, whatever is being sent
 * meanwhile.
 */
public final class JoinRoom {
  /** How many messages somebody gets who comes for the first time. */
  public static final int RECENT = 50;

  /**
   * How many missed messages are sent again at once; there is {@link
   * io.letschat.application.message.ReadHistory} for the rest.
   */
  public static final int REPLAYED = 100;

  /**
   * @param password for somebody who is no member yet
   * @param since what the socket has already
   */
  public record Command(
      AuthenticatedUser who,
      RoomId room,
      Optional<RoomPassword> password,
      Optional<Since> since,
      Connection connection,
      String clientAddress) {}

  /**
   * @param epoch empty if the client does not keep it; then its number is taken to be of the
   *     present one
   */
  public record Since(Seq seq, Optional<RoomEpoch> epoch) {}

  public sealed interface Result {}

  /**
   * @param last the number up to which {@code messages} go
   * @param complete false if something between {@code since} and {@code last} is not in {@code
   *     messages}
   * @param online how many people are there, this one included
   * @param members how many belong to the room
   * @param goLive to be called once, after the answer was sent
   */
  public record Opened(
      Member member,
      Seq last,
      RoomEpoch epoch,
      List<Message> messages,
      boolean complete,
      long online,
      long members,
      Runnable goLive)
      implements Result {}

  /** The room is not there, or not the user's and no password was given. */
  public record NoSuchRoom() implements Result {}

  /** A password was given, and the room is not there or has another. */
  public record WrongPassword() implements Result {}

  /** The owner of the server wants verified addresses, and this one is not. */
  public record NotVerified() implements Result {}

  public record UsernameRequired() implements Result {}

  public record TooOften(Duration retryAfter) implements Result {}

  private final EmailVerificationPolicy emailVerificationPolicy;
  private final Rooms rooms;
  private final RoomAccess access;
  private final RoomStreams feeds;
  private final HistoryBackfill historyBackfill;
  private final RoomPresence presence;

  public JoinRoom(
      EmailVerificationPolicy emailVerificationPolicy,
      Rooms rooms,
      RoomAccess access,
      RoomStreams feeds,
      MessageLog log,
      RoomPresence presence) {
    this.emailVerificationPolicy = emailVerificationPolicy;
    this.rooms = rooms;
    this.access = access;
    this.feeds = feeds;
    this.historyBackfill = new HistoryBackfill(log);
    this.presence = presence;
  }

  public Result open(Command command) {
    Optional<Opened> opened = mayArrive(command) ? listen(command) : Optional.empty();
    if (opened.isPresent()) {
      return opened.get();
    }
    if (command.password().isEmpty()) {
      return new NoSuchRoom();
    }
    if (!emailVerificationPolicy.admits(command.who())) {
      return new NotVerified();
    }
    if (command.who().account().username().isEmpty()) {
      return new UsernameRequired();
    }
    return switch (access.unlock(
        command.who(),
        command.room(),
        rooms.find(command.room()),
        command.password().get(),
        command.clientAddress())) {
      case RoomAccess.Admitted admitted ->
          listen(command).<Result>map(listening -> listening).orElseGet(NoSuchRoom::new);
      case RoomAccess.WrongPassword() -> new WrongPassword();
      case RoomAccess.TooOften(var retryAfter) -> new TooOften(retryAfter);
    };
  }

  /**
   * A stranger is not to open the feed of a room, nor a socket to lose its place by another try.
   * Where somebody listens already, and the socket does not, the look after its arrival is enough.
   */
  private boolean mayArrive(Command command) {
    RoomId room = command.room();
    return (feeds.anybodyIn(room) && !feeds.isIn(room, command.connection()))
        || access.member(command.who(), room).isPresent();
  }

  /** Empty, and without effect, for who is no member. */
  private Optional<Opened> listen(Command command) {
    RoomId room = command.room();
    Connection connection = command.connection();
    RoomStreams.Arrival arrival = feeds.arrive(room, connection);
    Optional<Member> member = Optional.empty();
    boolean opened = false;
    try {
      // Only now: who is removed from now on is here to be sent away.
      member = access.member(command.who(), room);
      if (member.isEmpty()) {
        return Optional.empty();
      }
      Opened answer = open(member.get(), arrival, command);
      opened = true;
      return Optional.of(answer);
    } finally {
      if (!opened) {
        feeds.leave(room, connection);
        member.ifPresent(known -> presence.depart(known, connection));
      }
    }
  }

  private Opened open(Member member, RoomStreams.Arrival arrival, Command command) {
    RoomId room = command.room();
    HistoryBackfill.Messages said = historyBackfill.of(room, arrival, command.since());
    long online = presence.arrive(member, command.connection());
    return new Opened(
        member,
        arrival.position(),
        arrival.epoch(),
        said.messages(),
        said.complete(),
        online,
        presence.members(room),
        () -> goLive(member, arrival, command.connection()));
  }

  private void goLive(Member member, RoomStreams.Arrival arrival, Connection connection) {
    RoomId room = member.room().id();
    arrival.goLive().run();
    if (feeds.isIn(room, connection)) {
      presence.changed(room, true);
    } else {
      // Sent away, or gone, while it could not be told.
      presence.depart(member, connection);
      connection.send(new RoomEvent.MembershipEnded(room));
    }
  }
}
