package io.letschat.persistence.postgres.message;

import static io.letschat.persistence.postgres.message.TwoNodes.message;
import static io.letschat.persistence.postgres.message.TwoNodes.seqs;
import static io.letschat.persistence.postgres.message.TwoNodes.upTo;
import static org.assertj.core.api.Assertions.assertThat;

import io.letschat.application.delivery.MessageLog.Appended;
import io.letschat.application.delivery.MessageLog.Appending;
import io.letschat.application.delivery.MessageLog.OutcomeUnknown;
import io.letschat.domain.message.Message;
import io.letschat.domain.message.NewMessage;
import io.letschat.domain.room.Member;
import io.letschat.persistence.Await;
import io.letschat.persistence.postgres.TestDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Appending when the database or somebody in it gets in the way. */
@Timeout(120)
class AppendingTroubleTest {
  private static final TwoNodes NODES = new TwoNodes();

  @AfterAll
  static void close() {
    NODES.close();
  }

  @Test
  void when_the_connection_breaks_the_outcome_is_unknown_and_the_next_message_goes_through()
      throws Exception {
    Member member = NODES.stores.roomAndOwner();
    try (Handle held = NODES.holdHead(member)) {
      Future<Appending> caught = NODES.append(message(member, "caught", "id"));
      NODES.awaitAppendHeldUp();
      Future<Appending> behind = NODES.append(member, "behind");
      assertThat(NODES.terminate(TwoNodes.WAITING)).isEqualTo(1);
      assertThat(caught.get()).isEqualTo(new OutcomeUnknown());
      held.rollback();
      assertThat(behind.get()).isInstanceOf(Appended.class);
    }
    // Sending again with the same id is safe, whatever became of it.
    assertThat(NODES.one.stores().log().append(message(member, "caught", "id")))
        .isInstanceOf(Appended.class);
    assertThat(seqs(NODES.everythingIn(member))).containsExactly(1L, 2L);
  }

  @Test
  void every_message_is_there_once_when_connections_keep_breaking_and_senders_keep_trying()
      throws Exception {
    Member member = NODES.stores.roomAndOwner();
    int senders = 8;
    int each = 60;
    List<Future<?>> work = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int s = 0; s < senders; s++) {
        int sender = s;
        TestDatabase node = s % 2 == 0 ? NODES.one : NODES.two;
        work.add(
            threads.submit(() -> {
              for (int i = 0; i < each; i++) {
                sendUntilKnown(node, message(member, sender + "/" + i, sender + "/" + i));
              }
            }));
      }
      assertThat(breakConnectionsAt(member, List.of(1L, 50L, 100L, 150L, 200L))).isPositive();
      for (Future<?> sender : work) {
        sender.get();
      }
    }
    List<Message> kept = NODES.everythingIn(member);
    assertThat(seqs(kept)).containsExactlyElementsOf(upTo(senders * each));
    assertThat(kept.stream().map(Message::clientId).distinct()).hasSize(senders * each);
  }

  /** Each time the room has come so far; the answer is how many connections broke. */
  private static int breakConnectionsAt(Member member, List<Long> heads) throws Exception {
    int broken = 0;
    for (long head : heads) {
      Await.until(
          "the room has come to " + head,
          () -> NODES.stores.log().head(member.room().id()).last().value() >= head);
      int now = 0;
      for (int tries = 0; tries < 200 && now == 0; tries++) {
        now = NODES.terminate(TwoNodes.WORKING);
      }
      broken += now;
    }
    return broken;
  }

  private static void sendUntilKnown(TestDatabase node, NewMessage message) {
    for (int tries = 0; tries < 1_000; tries++) {
      if (!(node.stores().log().append(message) instanceof OutcomeUnknown)) {
        return;
      }
    }
    throw new AssertionError("the outcome stays unknown");
  }

  @Test
  void a_room_that_somebody_holds_makes_its_senders_wait_for_five_seconds_at_most()
      throws Exception {
    Member held = NODES.stores.roomAndOwner();
    Member other = NODES.stores.roomAndOwner();
    try (Handle holding = NODES.holdHead(held)) {
      long began = System.nanoTime();
      assertThat(NODES.stores.log().append(message(held, "waiting", "a")))
          .isEqualTo(new OutcomeUnknown());
      assertThat((System.nanoTime() - began) / 1_000_000).isBetween(1_000L, 6_000L);
      assertThat(NODES.stores.log().append(message(other, "free", "b")))
          .isInstanceOf(Appended.class);
      holding.rollback();
    }
    assertThat(NODES.stores.log().append(message(held, "again", "a"))).isInstanceOf(Appended.class);
  }

  @Test
  void what_is_being_appended_is_finished_before_the_database_closes() throws Exception {
    TestDatabase node = NODES.one.anotherNode();
    Member member = NODES.stores.roomAndOwner();
    List<Future<Appending>> answers = new ArrayList<>();
    try (Handle held = NODES.holdHead(member);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 20; i++) {
        NewMessage message = message(member, "message " + i, "c" + i);
        answers.add(threads.submit(() -> node.stores().log().append(message)));
      }
      NODES.awaitAppendHeldUp();
      Future<?> closing = threads.submit(node::close);
      held.rollback();
      closing.get();
      for (Future<Appending> answer : answers) {
        // Some may have come too late to be let in; nobody may be left without the truth.
        assertThat(answer.get()).isInstanceOfAny(Appended.class, OutcomeUnknown.class);
      }
    }
    long appended = answers.stream().filter(a -> a.resultNow() instanceof Appended).count();
    assertThat(appended).isPositive().isEqualTo(NODES.everythingIn(member).size());
  }

  /**
   * Whoever waits for the head of the first room holds none of the others: two who append to the
   * same rooms can never wait for each other.
   */
  @Test
  void who_appends_to_several_rooms_locks_their_heads_in_the_order_of_their_ids() throws Exception {
    List<Member> members = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      members.addFirst(NODES.stores.roomAndOwner());
    }
    Long[] others =
        members.stream().limit(7).map(each -> each.room().id().value()).toArray(Long[]::new);
    var append = new BatchAppender(NODES.one.database().handles());
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int round = 0; round < 3; round++) {
        String text = "round " + round;
        List<NewMessage> together =
            members.stream().map(each -> message(each, text, text)).toList();
        try (Handle held = NODES.holdHead(members.getLast())) {
          Future<List<Appending>> appending = threads.submit(() -> append.write(together));
          NODES.awaitSomebodyHeldUp();

          assertThat(free(held, others)).isEqualTo(7);

          held.rollback();
          assertThat(appending.get()).hasSize(8).hasOnlyElementsOfType(Appended.class);
        }
      }
    }
  }

  private static int free(Handle handle, Long[] rooms) {
    return handle
        .createQuery(
            """
            select count(*) from (
              select from room_heads where room_id = any(:rooms) for update skip locked
            ) as free
            """)
        .bindArray("rooms", Long.class, (Object[]) rooms)
        .mapTo(Integer.class)
        .one();
  }
}
