package io.letschat.application.room;

import io.letschat.application.account.Accounts;
import io.letschat.application.account.EmailVerificationPolicy;
import io.letschat.application.account.PasswordHasher;
import io.letschat.application.account.session.AuthenticatedUser;
import io.letschat.domain.InvalidValueException;
import io.letschat.domain.Sentence;
import io.letschat.domain.account.Username;
import io.letschat.domain.room.Room;
import io.letschat.domain.room.RoomId;
import io.letschat.domain.room.RoomName;
import io.letschat.domain.room.RoomPassword;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Somebody joins a room by its name and password, or creates it. Of two who create it at once the
 * second one joins.
 */
public final class JoinOrCreateRoom {
  /**
   * @param username needed once, by an account that has no name yet; a named account may repeat its
   *     own
   * @param room as typed, for the rules hold for new rooms only
   */
  public record Command(
      AuthenticatedUser who,
      Optional<Username> username,
      RoomName room,
      RoomPassword password,
      String clientAddress) {}

  public sealed interface Result {}

  public record Entered(Room room, Username username) implements Result {}

  /** The owner of the server wants verified addresses, and this one is not. */
  public record NotVerified() implements Result {}

  public record UsernameRequired() implements Result {}

  public record UsernameTaken() implements Result {}

  /** The account has another name than the one that was asked for. */
  public record NamedOtherwise(Username username) implements Result {}

  /**
   * There is no such room, and none can be called like this.
   *
   * @param sentence why, for the person
   */
  public record NameRefused(Sentence sentence) implements Result {}

  /** There is no such room, and the name cannot be given to one: it looks like another room's. */
  public record LooksLikeAnother() implements Result {}

  public record WrongPassword() implements Result {}

  public record TooOften(Duration retryAfter) implements Result {}

  private final Accounts accounts;
  private final EmailVerificationPolicy emailVerificationPolicy;
  private final Rooms rooms;
  private final RoomAccess access;
  private final PasswordHasher passwords;
  private final InstantSource clock;

  public JoinOrCreateRoom(
      Accounts accounts,
      EmailVerificationPolicy emailVerificationPolicy,
      Rooms rooms,
      RoomAccess access,
      PasswordHasher passwords,
      InstantSource clock) {
    this.accounts = accounts;
    this.emailVerificationPolicy = emailVerificationPolicy;
    this.rooms = rooms;
    this.access = access;
    this.passwords = passwords;
    this.clock = clock;
  }

  public Result enter(Command command) {
    if (!emailVerificationPolicy.admits(command.who())) {
      return new NotVerified();
    }
    Optional<Username> own = command.who().account().username();
    if (own.isEmpty() && command.username().isEmpty()) {
      return new UsernameRequired();
    }
    Username asked = command.username().or(() -> own).orElseThrow();
    return switch (own.isPresent()
        ? new Accounts.NamedBefore(own.get())
        : accounts.name(command.who().user(), asked)) {
      case Accounts.NameTaken() -> new UsernameTaken();
      case Accounts.Named(var name) -> enterAs(name, command);
      case Accounts.NamedBefore(var name) ->
          name.key().equals(asked.key()) ? enterAs(name, command) : new NamedOtherwise(name);
    };
  }

  private Result enterAs(Username name, Command command) {
    Optional<Rooms.Locked> there = rooms.named(command.room());
    if (there.isEmpty()) {
      try {
        command.room().check();
      } catch (InvalidValueException refused) {
        return new NameRefused(refused.sentence());
      }
      var hash = passwords.hash(command.password().secret());
      Optional<Room> created =
          rooms.create(command.room(), hash, command.who().user(), clock.instant());
      if (created.isPresent()) {
        return new Entered(created.get(), name);
      }
      // Somebody was faster; rooms are never deleted, so now it is there.
      there = rooms.named(command.room());
      if (there.isEmpty()) {
        return new LooksLikeAnother();
      }
    }
    RoomId id = there.orElseThrow().room().id();
    return switch (access.unlock(
        command.who(), id, there, command.password(), command.clientAddress())) {
      case RoomAccess.Admitted(var member) -> new Entered(member.room(), name);
      case RoomAccess.WrongPassword() -> new WrongPassword();
      case RoomAccess.TooOften(var retryAfter) -> new TooOften(retryAfter);
    };
  }
}
