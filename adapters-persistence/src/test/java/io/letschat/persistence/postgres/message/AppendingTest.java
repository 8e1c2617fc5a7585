package io.letschat.persistence.postgres.message;

import static io.letschat.persistence.postgres.message.TwoNodes.message;
import static io.letschat.persistence.postgres.message.TwoNodes.seqs;
import static io.letschat.persistence.postgres.message.TwoNodes.upTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.letschat.application.delivery.MessageLog.Appended;
import io.letschat.application.delivery.MessageLog.AppendedBefore;
import io.letschat.application.delivery.MessageLog.Appending;
import io.letschat.application.delivery.MessageLog.NotAppended;
import io.letschat.application.delivery.MessageLog.OutcomeUnknown;
import io.letschat.application.delivery.MessageLog.SessionEnded;
import io.letschat.domain.message.Message;
import io.letschat.domain.message.NewMessage;
import io.letschat.domain.message.Seq;
import io.letschat.domain.room.Member;
import io.letschat.domain.room.RoomId;
import io.letschat.persistence.Await;
import io.letschat.testkit.Stores;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Appending when many do it at once, from two nodes. */
@Timeout(120)
class AppendingTest {
  private static final TwoNodes NODES = new TwoNodes();

  @AfterAll
  static void close() {
    NODES.close();
  }

  @Test
  void many_senders_on_two_nodes_are_numbered_densely_in_order_and_once() throws Exception {
    List<Member> rooms = new ArrayList<>();
    for (int r = 0; r < 5; r++) {
      rooms.add(NODES.stores.roomAndOwner());
    }
    int senders = 24;
    int each = 40;
    List<Future<List<Message>>> work = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int s = 0; s < senders; s++) {
        int sender = s;
        work.add(threads.submit(() -> sendEverythingTwice(rooms, sender, each)));
      }
    }
    Map<RoomId, List<Message>> answered = new HashMap<>();
    for (Future<List<Message>> sent : work) {
      assertEachSenderIsInOrder(sent.get());
      sent.get().forEach(m -> answered.computeIfAbsent(m.room(), r -> new ArrayList<>()).add(m));
    }
    int total = 0;
    for (Member room : rooms) {
      List<Message> kept = NODES.everythingIn(room);
      total += kept.size();
      assertThat(seqs(kept)).containsExactlyElementsOf(upTo(kept.size()));
      assertThat(NODES.stores.log().head(room.room().id()).last().value()).isEqualTo(kept.size());
      assertThat(kept)
          .containsExactlyInAnyOrderElementsOf(answered.getOrDefault(room.room().id(), List.of()));
    }
    assertThat(total).isEqualTo(senders * each);
  }

  private static List<Message> sendEverythingTwice(List<Member> rooms, int sender, int each)
      throws Exception {
    List<Message> sent = new ArrayList<>();
    try (ExecutorService pair = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < each; i++) {
        Member member = rooms.get((sender + i) % rooms.size());
        NewMessage message = message(member, sender + " says " + i, sender + "-" + i);
        Future<Appending> there = pair.submit(() -> NODES.two.stores().log().append(message));
        Appending here = NODES.one.stores().log().append(message);
        sent.add(theOneMessage(here, there.get()));
      }
    }
    return sent;
  }

  private static Message theOneMessage(Appending here, Appending there) {
    if (here instanceof Appended(var message)) {
      assertThat(there).isEqualTo(new AppendedBefore(message));
      return message;
    }
    Message message = ((Appended) there).message();
    assertThat(here).isEqualTo(new AppendedBefore(message));
    return message;
  }

  private static void assertEachSenderIsInOrder(List<Message> sent) {
    Map<RoomId, Seq> last = new HashMap<>();
    for (Message message : sent) {
      Seq before = last.put(message.room(), message.seq());
      assertThat(before == null || message.seq().isAfter(before)).isTrue();
    }
  }

  @Test
  void a_message_that_the_database_refuses_fails_alone() throws Exception {
    Member member = NODES.stores.roomAndOwner();
    NODES
        .one
        .database()
        .handles()
        .useHandle(
            handle -> handle.execute("alter table messages add check (content <> 'the bad one')"));
    try (Handle held = NODES.holdHead(member)) {
      Future<Appending> first = NODES.append(member, "first");
      NODES.awaitAppendHeldUp();
      List<Future<Appending>> good = new ArrayList<>();
      for (int i = 0; i < 10; i++) {
        good.add(NODES.append(member, "good " + i));
      }
      Future<Appending> bad = NODES.append(member, "the bad one");
      good.add(NODES.append(member, "good 10"));
      held.rollback();

      assertThat(first.get()).isInstanceOf(Appended.class);
      for (Future<Appending> one : good) {
        assertThat(one.get()).isInstanceOf(Appended.class);
      }
      assertThatThrownBy(bad::get)
          .isInstanceOf(ExecutionException.class)
          .hasCauseInstanceOf(IllegalStateException.class);
    }
    assertThat(seqs(NODES.everythingIn(member))).containsExactlyElementsOf(upTo(12));
  }

  @Test
  void a_copy_of_a_message_in_the_same_transaction_gets_the_first_ones_place() throws Exception {
    Member member = NODES.stores.roomAndOwner();
    try (Handle held = NODES.holdHead(member)) {
      NODES.append(member, "first");
      NODES.awaitAppendHeldUp();
      Future<Appending> original = NODES.append(message(member, "original", "same"));
      Future<Appending> copy = NODES.append(message(member, "copy", "same"));
      Future<Appending> next = NODES.append(member, "next");
      held.rollback();

      Message appended = ((Appended) original.get()).message();
      assertThat(copy.get()).isEqualTo(new AppendedBefore(appended));
      assertThat(((Appended) next.get()).message().seq()).isEqualTo(appended.seq().next());
    }
  }

  @Test
  void after_a_membership_was_ended_nothing_of_its_user_follows() throws Exception {
    Member owner = NODES.stores.roomAndOwner();
    for (int round = 0; round < 10; round++) {
      Member leaving = NODES.stores.join(owner.room());
      try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
        Seq before = NODES.stores.log().head(owner.room().id()).last();
        Future<Seq> lastSaid = threads.submit(() -> sayUntilRefused(leaving));
        Await.until(
            "something was said",
            () -> NODES.stores.log().head(owner.room().id()).last().isAfter(before));
        NODES.two.stores().memberships().end(owner.room().id(), leaving.user());
        Seq head = NODES.stores.log().head(owner.room().id()).last();
        assertThat(lastSaid.get()).isLessThanOrEqualTo(head);
      }
    }
  }

  @Test
  void a_session_that_ends_while_its_message_waits_for_the_room_sends_it_no_more()
      throws Exception {
    Member member = NODES.stores.roomAndOwner();
    Member other = NODES.stores.join(member.room());
    try (Handle held = NODES.holdHead(member)) {
      Future<Appending> first = NODES.append(member, "waits for the head");
      NODES.awaitAppendHeldUp();
      Future<Appending> others = NODES.append(other, "in the next transaction");
      NODES.two.stores().sessions().end(Stores.sessionOf(member));
      held.rollback();

      assertThat(first.get()).isEqualTo(new SessionEnded());
      assertThat(others.get()).isInstanceOf(Appended.class);
    }
  }

  private static Seq sayUntilRefused(Member member) {
    Seq last = Seq.NONE;
    for (int i = 0; i < 100_000; i++) {
      switch (NODES.stores.log().append(message(member, "still here", "s" + i))) {
        case Appended(var message) -> last = message.seq();
        case NotAppended() -> {
          return last;
        }
        case SessionEnded ended -> throw new AssertionError(ended);
        case AppendedBefore before -> throw new AssertionError(before);
        case OutcomeUnknown unknown -> throw new AssertionError(unknown);
      }
    }
    throw new AssertionError("never refused");
  }
}
