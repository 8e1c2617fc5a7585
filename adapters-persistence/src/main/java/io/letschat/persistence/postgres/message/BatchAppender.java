package io.letschat.persistence.postgres.message;

import io.letschat.application.delivery.MessageLog.Appended;
import io.letschat.application.delivery.MessageLog.AppendedBefore;
import io.letschat.application.delivery.MessageLog.Appending;
import io.letschat.application.delivery.MessageLog.NotAppended;
import io.letschat.application.delivery.MessageLog.SessionEnded;
import io.letschat.domain.account.UserId;
import io.letschat.domain.message.ClientMessageId;
import io.letschat.domain.message.Message;
import io.letschat.domain.message.NewMessage;
import io.letschat.domain.message.Seq;
import io.letschat.domain.room.RoomId;
import io.letschat.persistence.postgres.Handles;
import io.letschat.persistence.postgres.SqlState;
import io.letschat.persistence.postgres.message.MessageStatements.Numbered;
import io.letschat.persistence.postgres.message.MessageStatements.RoomSeq;
import io.letschat.persistence.postgres.message.MessageStatements.Sender;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;

/**
 * Appends messages in one transaction, which holds the heads of their rooms until it commits: so
 * numbers are dense, and who sees one sees all before it. Heads are locked in the order of their
 * ids, so two who append at the same time never wait for each other in a circle.
 */
final class BatchAppender implements GroupCommit.Writer<NewMessage, Appending> {
  private final Handles handles;

  BatchAppender(Handles handles) {
    this.handles = handles;
  }

  @Override
  public List<Appending> write(List<NewMessage> messages) throws GroupCommit.RefusedException {
    try {
      return handles.inTransaction(handle -> append(handle, messages));
    } catch (JdbiException e) {
      if (SqlState.of(e).filter(BatchAppender::blamesTheData).isPresent()) {
        throw new GroupCommit.RefusedException(e);
      }
      throw e;
    }
  }

  /** Classes 22, data exception, and 23, integrity constraint violation. */
  private static boolean blamesTheData(String sqlState) {
    return sqlState.startsWith("22") || sqlState.startsWith("23");
  }

  /** The sender's own name for a message, and whose it is. */
  private record SentAs(RoomId room, UserId sender, ClientMessageId id) {}

  private static List<Appending> append(Handle handle, List<NewMessage> messages) {
    Map<RoomId, Seq> heads = new HashMap<>(MessageStatements.lockHeads(handle, messages));
    List<Optional<Sender>> senders = MessageStatements.senders(handle, messages);
    Map<SentAs, RoomSeq> sentAs = new HashMap<>();
    List<Numbered> numbered = new ArrayList<>();
    // The answers must wait for what the insert gives back.
    List<Function<Map<RoomSeq, Message>, Appending>> answers = new ArrayList<>();

    for (int i = 0; i < messages.size(); i++) {
      NewMessage message = messages.get(i);
      Seq head = heads.get(message.room());
      if (head == null || senders.get(i).isEmpty()) {
        answers.add(written -> new NotAppended());
        continue;
      }
      Sender sender = senders.get(i).get();
      if (!sender.isSignedIn()) {
        answers.add(written -> new SessionEnded());
        continue;
      }
      if (sender.saidBefore().isPresent()) {
        Message before = sender.saidBefore().get();
        answers.add(written -> new AppendedBefore(before));
        continue;
      }
      RoomSeq place = new RoomSeq(message.room(), head.next());
      if (message.clientId().isPresent()) {
        SentAs name = new SentAs(message.room(), message.sender(), message.clientId().get());
        RoomSeq first = sentAs.putIfAbsent(name, place);
        if (first != null) {
          answers.add(written -> new AppendedBefore(at(first, written)));
          continue;
        }
      }
      heads.put(message.room(), place.seq());
      numbered.add(new Numbered(message, sender.name(), place));
      answers.add(written -> new Appended(at(place, written)));
    }

    Map<RoomSeq, Message> written = MessageStatements.insert(handle, numbered);
    return answers.stream().map(answer -> answer.apply(written)).toList();
  }

  private static Message at(RoomSeq place, Map<RoomSeq, Message> written) {
    return Optional.ofNullable(written.get(place)).orElseThrow();
  }
}
