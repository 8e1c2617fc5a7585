package io.letschat.testkit;

import io.letschat.application.delivery.MessageLog;
import io.letschat.domain.account.UserId;
import io.letschat.domain.media.UploadId;
import io.letschat.domain.message.Message;
import io.letschat.domain.message.MessageId;
import io.letschat.domain.message.NewMessage;
import io.letschat.domain.message.Seq;
import io.letschat.domain.room.RoomEpoch;
import io.letschat.domain.room.RoomId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** {@link MessageLog} in memory. Can be told to lose its connection. */
public final class InMemoryMessageLog implements MessageLog {
  private final InMemoryAccounts accounts;
  private final Map<RoomId, List<Message>> rooms = new HashMap<>();
  private @Nullable InMemoryRooms directory;
  private long lastId;
  private boolean answersAreLost;

  public InMemoryMessageLog(InMemoryAccounts accounts) {
    this.accounts = accounts;
  }

  void use(InMemoryRooms rooms) {
    directory = rooms;
  }

  /** From now on appends are written, but nobody is told. */
  public synchronized void loseAnswers(boolean lose) {
    answersAreLost = lose;
  }

  @Override
  public Appending append(NewMessage message) {
    // Before the lock: the directory takes its own, and then this one.
    if (rooms().of(message.sender(), message.room()).isEmpty()) {
      return new NotAppended();
    }
    if (!accounts.isSignedIn(message.sender(), message.session(), message.createdAt())) {
      return new SessionEnded();
    }
    synchronized (this) {
      Appending done = write(message);
      return answersAreLost ? new OutcomeUnknown() : done;
    }
  }

  private Appending write(NewMessage message) {
    List<Message> messages = rooms.computeIfAbsent(message.room(), id -> new ArrayList<>());
    Optional<Message> known =
        messages.stream()
            .filter(old ->
                message.clientId().isPresent()
                    && old.clientId().equals(message.clientId())
                    && old.sender().equals(message.sender()))
            .findFirst();
    if (known.isPresent()) {
      return new AppendedBefore(known.get());
    }
    Message appended = message.at(new MessageId(++lastId), new Seq(messages.size() + 1L));
    messages.add(appended);
    return new Appended(appended);
  }

  @Override
  public synchronized Optional<Message> sharing(RoomId room, UserId sender, String url) {
    return read(
            messages(room).stream()
                .filter(m ->
                    m.attachment().isPresent()
                        && m.sender().equals(sender)
                        && m.content().text().equals(url)))
        .stream()
        .findFirst();
  }

  /** Whether a message is about this upload. */
  synchronized boolean isAbout(UploadId upload) {
    return rooms.values().stream()
        .flatMap(List::stream)
        .flatMap(message -> message.attachment().stream())
        .anyMatch(attachment -> attachment.upload().equals(upload));
  }

  @Override
  public Head head(RoomId room) {
    if (rooms().find(room).isEmpty()) {
      throw new NoSuchElementException("room " + room);
    }
    synchronized (this) {
      return new Head(new Seq(messages(room).size()), new RoomEpoch("epoch-" + room));
    }
  }

  @Override
  public synchronized Map<RoomId, Seq> heads(Collection<RoomId> asked) {
    Map<RoomId, Seq> heads = new HashMap<>();
    asked.stream()
        .filter(room -> rooms().find(room).isPresent())
        .forEach(room -> heads.put(room, new Seq(messages(room).size())));
    return heads;
  }

  @Override
  public synchronized List<Message> after(RoomId room, Seq after, int most) {
    return read(messages(room).stream().skip(after.value()).limit(most));
  }

  @Override
  public synchronized List<Message> before(RoomId room, Seq before, int most) {
    long end = Math.min(messages(room).size(), Math.max(0, before.value() - 1));
    long from = Math.max(0, end - most);
    return read(messages(room).stream().skip(from).limit(end - from));
  }

  private List<Message> messages(RoomId room) {
    return rooms.getOrDefault(room, List.of());
  }

  /** With the names that the senders have now. */
  private List<Message> read(Stream<Message> stored) {
    return stored
        .map(m ->
            new Message(
                m.id(),
                m.room(),
                m.seq(),
                m.sender(),
                accounts.nameOf(m.sender()).orElse(m.senderName()),
                m.content(),
                m.type(),
                m.clientId(),
                m.attachment(),
                m.createdAt()))
        .toList();
  }

  private InMemoryRooms rooms() {
    return Optional.ofNullable(directory).orElseThrow(() -> new IllegalStateException("no rooms"));
  }
}
