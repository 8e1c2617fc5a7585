package io.letschat.testkit;

import io.letschat.application.account.session.AuthenticatedUser;
import io.letschat.application.message.ReadHistory;
import io.letschat.application.message.SendMessage;
import io.letschat.application.presence.JoinRoom;
import io.letschat.application.presence.LeaveRoom;
import io.letschat.application.room.EndMembership;
import io.letschat.application.room.JoinOrCreateRoom;
import io.letschat.domain.account.UserId;
import io.letschat.domain.message.ClientMessageId;
import io.letschat.domain.message.Message;
import io.letschat.domain.message.MessageContent;
import io.letschat.domain.message.MessageType;
import io.letschat.domain.message.Seq;
import io.letschat.domain.room.Room;
import io.letschat.domain.room.RoomName;
import io.letschat.domain.room.RoomPassword;
import java.util.List;
import java.util.Optional;

/**
 * Somebody in a {@link Chat}. The methods throw where the person would be refused; use the use
 * cases to see refusals.
 */
public final class Someone {
  private final Chat chat;
  private final AuthenticatedUser who;

  Someone(Chat chat, AuthenticatedUser who) {
    this.chat = chat;
    this.who = who;
  }

  /** As the use cases want to know it. */
  public AuthenticatedUser who() {
    return who;
  }

  /** As others see them. */
  public UserId user() {
    return who.user();
  }

  /** Creates the room, or joins it. */
  public Room enters(String room, String password) {
    var command =
        new JoinOrCreateRoom.Command(
            who, Optional.empty(), RoomName.of(room), RoomPassword.of(password), "192.0.2.1");
    if (chat.joinOrCreateRoom.enter(command)
        instanceof JoinOrCreateRoom.Entered(var entered, var name)) {
      return entered;
    }
    throw new IllegalStateException("refused");
  }

  /** Opens the room on a new socket and listens. */
  public TestConnection opens(Room room) {
    TestConnection connection = chat.connection(this);
    opens(room, connection, Optional.empty()).subscription().activate();
    return connection;
  }

  /** Opens the room on the socket; the caller activates the subscription. */
  public JoinRoom.Joined opens(
      Room room, TestConnection connection, Optional<JoinRoom.Since> since) {
    var command =
        new JoinRoom.Command(who, room.id(), Optional.empty(), since, connection, "192.0.2.1");
    if (chat.joinRoom.open(command) instanceof JoinRoom.Joined opened) {
      return opened;
    }
    throw new IllegalStateException("refused");
  }

  /** A socket that has not opened any room. */
  public TestConnection connects() {
    return chat.connection(this);
  }

  /** The socket stops listening to the room; a {@link LeaveRoom}. */
  public void closes(Room room, TestConnection connection) {
    chat.leaveRoom.close(chat.rooms.of(user(), room.id()).orElseThrow(), connection);
  }

  /** Sends a text to the room; it is kept, and everybody who listens has it, on return. */
  public Message says(Room room, String text) {
    return says(room, text, Optional.empty());
  }

  /** The same with an id by which it can be sent again. */
  public Message says(Room room, String text, Optional<ClientMessageId> id) {
    if (tries(room, text, id) instanceof SendMessage.Sent(var message)) {
      return message;
    }
    throw new IllegalStateException("refused");
  }

  /** Sends a text and says what came of it, refusals included. */
  public SendMessage.Result tries(Room room, String text, Optional<ClientMessageId> id) {
    return chat.sendMessage.send(
        new SendMessage.Command(who, room.id(), MessageContent.of(text), MessageType.TEXT, id));
  }

  /** Ends the own membership; a {@link EndMembership}. */
  public EndMembership.Result leaves(Room room) {
    return chat.endMembership.end(who, room.id(), user());
  }

  /** Ends the membership of another, which is for the owner to do. */
  public EndMembership.Result removes(Someone member, Room room) {
    return chat.endMembership.end(who, room.id(), member.user());
  }

  /** The newest messages, oldest first. */
  public List<Message> reads(Room room) {
    return chat.readHistory
        .read(who, room.id(), new ReadHistory.After(Seq.NONE), ReadHistory.MOST)
        .orElseThrow()
        .messages();
  }
}
