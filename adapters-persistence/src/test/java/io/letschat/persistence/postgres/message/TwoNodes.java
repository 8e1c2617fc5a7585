package io.letschat.persistence.postgres.message;

import io.letschat.application.delivery.MessageLog.Appending;
import io.letschat.domain.message.ClientMessageId;
import io.letschat.domain.message.Message;
import io.letschat.domain.message.MessageContent;
import io.letschat.domain.message.MessageType;
import io.letschat.domain.message.NewMessage;
import io.letschat.domain.message.Seq;
import io.letschat.domain.room.Member;
import io.letschat.persistence.Await;
import io.letschat.persistence.postgres.TestDatabase;
import io.letschat.testkit.Stores;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.jdbi.v3.core.Handle;

/** A database with two nodes on it, and ways to hold up what the first one appends. */
final class TwoNodes implements AutoCloseable {
  final TestDatabase one = TestDatabase.fresh();
  final TestDatabase two = one.anotherNode();
  final Stores stores = one.stores();

  private final List<Thread> callers = new ArrayList<>();
  private final ExecutorService threads =
      Executors.newThreadPerTaskExecutor(task -> {
        Thread caller = Thread.ofVirtual().unstarted(task);
        callers.add(caller);
        return caller;
      });

  static NewMessage message(Member member, String text, String clientId) {
    return new NewMessage(
        member,
        Stores.sessionOf(member),
        MessageContent.of(text),
        MessageType.TEXT,
        Optional.of(ClientMessageId.of(clientId)),
        Stores.NOON);
  }

  static List<Long> seqs(List<Message> messages) {
    return messages.stream().map(message -> message.seq().value()).toList();
  }

  static List<Long> upTo(long last) {
    return LongStream.rangeClosed(1, last).boxed().toList();
  }

  List<Message> everythingIn(Member member) {
    return stores.log().after(member.room().id(), Seq.NONE, 100_000);
  }

  /** Appends on the first node; returns when the caller waits for its answer. */
  Future<Appending> append(NewMessage message) throws Exception {
    Future<Appending> answer = threads.submit(() -> one.stores().log().append(message));
    Thread caller = callers.getLast();
    Await.until("the caller waits", () -> caller.getState() == Thread.State.TIMED_WAITING);
    return answer;
  }

  Future<Appending> append(Member member, String text) throws Exception {
    return append(message(member, text, text));
  }

  /** Nothing is appended to the member's room until the handle is rolled back or closed. */
  Handle holdHead(Member member) {
    Handle handle = two.connect();
    handle.begin();
    handle
        .createQuery("select 1 from room_heads where room_id = :room for update")
        .bind("room", member.room().id().value())
        .mapTo(Integer.class)
        .one();
    return handle;
  }

  void awaitAppendHeldUp() throws Exception {
    Await.until("an append waits for a lock", () -> ask("select count(*)", WAITING) > 0);
  }

  /** Like {@link #awaitAppendHeldUp}, whichever connections append. */
  void awaitSomebodyHeldUp() throws Exception {
    Await.until(
        "somebody waits for a lock",
        () ->
            two.database()
                .handles()
                .withHandle(handle ->
                    handle
                        .createQuery(
                            "select count(*) > 0 from pg_stat_activity"
                                + " where datname = current_database() and "
                                + WAITING)
                        .mapTo(Boolean.class)
                        .one()));
  }

  static final String WAITING = "state = 'active' and wait_event_type = 'Lock'";
  static final String WORKING = "state in ('active', 'idle in transaction')";

  /** Ends such connections of those that append; how many they were. */
  int terminate(String which) {
    return ask("select count(pg_terminate_backend(pid))", which);
  }

  private int ask(String question, String which) {
    return two.database()
        .handles()
        .withHandle(handle ->
            handle
                .createQuery(
                    question
                        + " from pg_stat_activity where datname = current_database()"
                        + " and application_name = 'letschat-append' and "
                        + which)
                .mapTo(Integer.class)
                .one());
  }

  @Override
  public void close() {
    threads.shutdownNow();
    two.close();
    one.close();
  }
}
