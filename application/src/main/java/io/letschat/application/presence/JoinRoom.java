package io.letschat.application.presence;

import io.letschat.application.account.EmailVerificationPolicy;
import io.letschat.application.account.session.AuthenticatedUser;
import io.letschat.application.delivery.Connection;
import io.letschat.application.delivery.ConnectionRegistry;
import io.letschat.application.delivery.MessageLog;
import io.letschat.application.delivery.PendingSubscription;
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
 * A socket subscribes to a room. It gets what it missed up to a number, and once the subscription
 * is activated everything after that number: no gap, nothing twice, whatever is being sent
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
   * @param subscription to be activated after the answer was sent
   */
  public record Joined(
      Member member,
      Seq last,
      RoomEpoch epoch,
      List<Message> messages,
      boolean complete,
      long online,
      long members,
      MemberSubscription subscription)
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
  private final ConnectionRegistry registry;
  private final RoomStreams streams;
  private final HistoryBackfill historyBackfill;
  private final RoomPresence presence;

  public JoinRoom(
      EmailVerificationPolicy emailVerificationPolicy,
      Rooms rooms,
      RoomAccess access,
      ConnectionRegistry registry,
      RoomStreams streams,
      MessageLog log,
      RoomPresence presence) {
    this.emailVerificationPolicy = emailVerificationPolicy;
    this.rooms = rooms;
    this.access = access;
    this.registry = registry;
    this.streams = streams;
    this.historyBackfill = new HistoryBackfill(log);
    this.presence = presence;
  }

  public Result open(Command command) {
    Optional<Joined> opened = maySubscribe(command) ? subscribe(command) : Optional.empty();
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
          subscribe(command).<Result>map(subscribed -> subscribed).orElseGet(NoSuchRoom::new);
      case RoomAccess.WrongPassword() -> new WrongPassword();
      case RoomAccess.TooOften(var retryAfter) -> new TooOften(retryAfter);
    };
  }

  /**
   * A stranger is not to open the stream of a room, nor a socket to lose its place by another try.
   * Where somebody is subscribed already, and the socket is not, the look after its subscription is
   * enough.
   */
  private boolean maySubscribe(Command command) {
    RoomId room = command.room();
    return (streams.anybodyIn(room) && !registry.isIn(room, command.connection()))
        || access.member(command.who(), room).isPresent();
  }

  /** Empty, and without effect, for who is no member. */
  private Optional<Joined> subscribe(Command command) {
    RoomId room = command.room();
    Connection connection = command.connection();
    Optional<Member> member = registry.member(room, connection);
    PendingSubscription subscription = streams.subscribe(room, connection);
    boolean opened = false;
    try {
      // Only now: who is removed from now on is here to be sent away.
      Optional<Member> now = access.member(command.who(), room);
      if (now.isEmpty()) {
        return Optional.empty();
      }
      member = now;
      Joined answer = open(now.get(), subscription, command);
      opened = true;
      return Optional.of(answer);
    } finally {
      if (!opened) {
        subscription.cancel();
        member.ifPresent(known -> presence.depart(known, connection));
      }
    }
  }

  private Joined open(Member member, PendingSubscription subscription, Command command) {
    RoomId room = command.room();
    subscription.admit(member);
    HistoryBackfill.Messages said = historyBackfill.of(room, subscription, command.since());
    long online = presence.arrive(member, command.connection());
    return new Joined(
        member,
        subscription.position(),
        subscription.epoch(),
        said.messages(),
        said.complete(),
        online,
        presence.members(room),
        new MemberSubscription(member, subscription, command.connection(), presence));
  }
}
