package io.letschat.application.presence;

import io.letschat.application.account.SignedIn;
import io.letschat.application.account.VerifiedOnly;
import io.letschat.application.message.MessageLog;
import io.letschat.application.message.RoomFeeds;
import io.letschat.application.room.Connection;
import io.letschat.application.room.RoomAccess;
import io.letschat.application.room.RoomEvent;
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
public final class OpenRoom {
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
      SignedIn who,
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
   * @param goLive to be called once, after the answer was sent
   */
  public record Opened(
      Member member,
      Seq last,
      RoomEpoch epoch,
      List<Message> messages,
      boolean complete,
      RoomEvent.OnlineUsers online,
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

  private final VerifiedOnly verifiedOnly;
  private final Rooms rooms;
  private final RoomAccess access;
  private final RoomFeeds feeds;
  private final MessageLog log;
  private final RoomPresence presence;

  public OpenRoom(
      VerifiedOnly verifiedOnly,
      Rooms rooms,
      RoomAccess access,
      RoomFeeds feeds,
      MessageLog log,
      RoomPresence presence) {
    this.verifiedOnly = verifiedOnly;
    this.rooms = rooms;
    this.access = access;
    this.feeds = feeds;
    this.log = log;
    this.presence = presence;
  }

  public Result open(Command command) {
    Optional<Member> member = access.member(command.who(), command.room());
    if (member.isPresent()) {
      return listen(member.get(), command);
    }
    if (command.password().isEmpty()) {
      return new NoSuchRoom();
    }
    if (!verifiedOnly.admits(command.who())) {
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
      case RoomAccess.Admitted(var admitted) -> listen(admitted, command);
      case RoomAccess.WrongPassword() -> new WrongPassword();
      case RoomAccess.TooOften(var retryAfter) -> new TooOften(retryAfter);
    };
  }

  private Result listen(Member member, Command command) {
    RoomId room = command.room();
    Connection connection = command.connection();
    RoomFeeds.Arrival arrival = feeds.arrive(room, connection);
    boolean opened = false;
    try {
      // Looked at again: who was removed since then was not yet here to be sent away.
      if (access.member(command.who(), room).isEmpty()) {
        return new NoSuchRoom();
      }
      Seq last = arrival.position();
      RoomEpoch epoch = log.head(room).epoch();
      Optional<Seq> after =
          command
              .since()
              .filter(since ->
                  since.epoch().map(epoch::equals).orElse(true) && !since.seq().isAfter(last))
              .map(Since::seq);
      List<Message> messages =
          after
              .map(
                  seq -> log.after(room, seq, (int) Math.min(REPLAYED, last.value() - seq.value())))
              .orElseGet(() -> log.before(room, last.next(), RECENT));
      boolean complete =
          after
              .map(seq -> last.value() - seq.value() <= REPLAYED)
              .orElse(command.since().isEmpty());
      presence.arrive(member, connection);
      opened = true;
      return new Opened(
          member,
          last,
          epoch,
          messages,
          complete,
          presence.now(room),
          () -> {
            arrival.goLive().run();
            presence.changed(room, true);
          });
    } finally {
      if (!opened) {
        feeds.leave(room, connection);
        presence.depart(member, connection);
      }
    }
  }
}
