package io.letschat.application.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.letschat.application.delivery.cluster.ClusterBus;
import io.letschat.domain.message.Message;
import io.letschat.domain.message.MessageContent;
import io.letschat.domain.message.MessageType;
import io.letschat.domain.message.NewMessage;
import io.letschat.domain.message.Seq;
import io.letschat.domain.room.Member;
import io.letschat.domain.room.Room;
import io.letschat.domain.room.RoomId;
import io.letschat.testkit.Chat;
import io.letschat.testkit.ForwardingMessageLog;
import io.letschat.testkit.Someone;
import io.letschat.testkit.TestConnection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class RoomStreamTest {
  private final Chat chat = new Chat();
  private final Someone ada = chat.someone("ada");
  private final Room room = ada.enters("tea", "secret");
  private final Member member = chat.rooms.of(ada.user(), room.id()).orElseThrow();
  private final ConnectionRegistry registry = new ConnectionRegistry();
  private final RoomStreams streams =
      new RoomStreams(chat.memoryLog, registry, chat.audience, chat.scheduler, ClusterBus.NONE);

  @Test
  void messages_offered_out_of_turn_are_heard_in_turn() {
    TestConnection socket = listening();
    List<Message> messages = appended(20);
    List<Message> shuffled = new ArrayList<>(messages);
    Collections.shuffle(shuffled, new Random(7));

    shuffled.forEach(streams::offer);

    assertThat(socket.messages()).isEqualTo(messages);
  }

  @Test
  void a_message_offered_twice_is_heard_once() {
    TestConnection socket = listening();
    List<Message> messages = appended(3);

    messages.forEach(streams::offer);
    messages.forEach(streams::offer);

    assertThat(socket.messages()).isEqualTo(messages);
  }

  @Test
  void a_hole_is_filled_from_the_log_after_a_moment() {
    TestConnection socket = listening();
    List<Message> messages = appended(5);

    streams.offer(messages.get(4));
    assertThat(socket.messages()).isEmpty();
    chat.pass(RoomStream.PATIENCE);

    assertThat(socket.messages()).isEqualTo(messages);
  }

  @Test
  void a_lost_last_message_is_found_by_comparing_with_the_log() {
    TestConnection socket = listening();
    List<Message> messages = appended(3);

    streams.compareWithLog();
    chat.pass(RoomStream.PATIENCE);

    assertThat(socket.messages()).isEqualTo(messages);
  }

  @Test
  void every_one_of_many_rooms_is_compared_with_the_log() {
    List<TestConnection> sockets = new ArrayList<>();
    for (int i = 0; i <= RoomStreams.COMPARED_AT_ONCE; i++) {
      Room each = ada.enters("room " + i, "secret");
      TestConnection socket = ada.connects();
      streams.subscribe(each.id(), socket).activate();
      sockets.add(socket);
      chat.memoryLog.append(
          message(chat.rooms.of(ada.user(), each.id()).orElseThrow(), "lost in room " + i));
    }

    streams.compareWithLog();
    chat.pass(RoomStream.PATIENCE);

    assertThat(sockets).allSatisfy(socket -> assertThat(socket.messages()).hasSize(1));
  }

  private NewMessage message(Member sender, String text) {
    return new NewMessage(
        sender,
        ada.who().session().id(),
        MessageContent.of(text),
        MessageType.TEXT,
        Optional.empty(),
        chat.clock.instant());
  }

  @Test
  void a_hole_larger_than_a_page_is_filled_whole() {
    TestConnection socket = listening();
    List<Message> messages = appended(1201);

    streams.offer(messages.getLast());
    chat.pass(RoomStream.PATIENCE);

    assertThat(socket.messages()).isEqualTo(messages);
  }

  @Test
  void whatever_is_sent_between_subscribing_and_activating_is_heard_once_and_after_the_position() {
    List<Message> before = appended(2);
    TestConnection socket = ada.connects();

    PendingSubscription subscription = streams.subscribe(room.id(), socket);
    List<Message> meanwhile = appended(3);
    meanwhile.forEach(streams::offer);
    before.forEach(streams::offer);
    assertThat(socket.messages()).isEmpty();
    subscription.activate();
    List<Message> after = appended(1);
    after.forEach(streams::offer);

    assertThat(subscription.position()).isEqualTo(new Seq(2));
    assertThat(socket.messages().stream().map(m -> m.seq().value()))
        .containsExactlyElementsOf(LongStream.rangeClosed(3, 6).boxed().toList());
  }

  @Test
  void a_socket_that_subscribes_again_counts_from_its_new_position() {
    TestConnection socket = listening();
    PendingSubscription again = streams.subscribe(room.id(), socket);
    List<Message> messages = appended(2);
    messages.forEach(streams::offer);
    assertThat(socket.messages()).isEmpty();

    again.activate();

    assertThat(socket.messages()).isEqualTo(messages);
  }

  @Test
  void a_socket_that_left_hears_nothing_even_if_it_is_activated_late() {
    TestConnection socket = ada.connects();
    PendingSubscription subscription = streams.subscribe(room.id(), socket);

    assertThat(streams.unsubscribe(room.id(), socket)).isTrue();
    assertThat(streams.unsubscribe(room.id(), socket)).isFalse();
    subscription.activate();
    appended(1).forEach(streams::offer);

    assertThat(socket.messages()).isEmpty();
    assertThat(registry.connectionsOf(ada.user(), room.id())).isEmpty();
  }

  @Test
  void what_is_sent_while_the_log_is_unreachable_is_heard_when_it_is_back() {
    var broken = new boolean[1];
    var failing = new FailingReads(chat.memoryLog, broken);
    var fragile =
        new RoomStreams(
            failing, new ConnectionRegistry(), chat.audience, chat.scheduler, ClusterBus.NONE);
    TestConnection socket = ada.connects();
    fragile.subscribe(room.id(), socket).activate();
    List<Message> messages = appended(3);

    broken[0] = true;
    fragile.offer(messages.get(2));
    assertThatThrownBy(() -> chat.pass(RoomStream.PATIENCE))
        .isInstanceOf(IllegalStateException.class);
    broken[0] = false;
    chat.pass(Duration.ofSeconds(1));

    assertThat(socket.messages()).isEqualTo(messages);
  }

  @Test
  void who_comes_from_a_node_that_was_ahead_gets_nothing_twice() {
    TestConnection here = listening();
    List<Message> notHeardOfHere = appended(5);
    TestConnection coming = ada.connects();

    PendingSubscription subscription = streams.subscribe(room.id(), coming, new Seq(3));
    subscription.activate();

    assertThat(subscription.position()).isEqualTo(new Seq(5));
    assertThat(coming.messages()).isEmpty();
    assertThat(here.messages()).isEqualTo(notHeardOfHere);
  }

  private TestConnection listening() {
    TestConnection socket = ada.connects();
    streams.subscribe(room.id(), socket).activate();
    return socket;
  }

  private List<Message> appended(int count) {
    return IntStream.range(0, count)
        .mapToObj(i ->
            new NewMessage(
                member,
                ada.who().session().id(),
                MessageContent.of("message " + i),
                MessageType.TEXT,
                Optional.empty(),
                chat.clock.instant()))
        .map(chat.memoryLog::append)
        .map(MessageLog.Appended.class::cast)
        .map(MessageLog.Appended::message)
        .toList();
  }

  private static final class FailingReads extends ForwardingMessageLog {
    private final boolean[] broken;

    FailingReads(MessageLog log, boolean[] broken) {
      super(log);
      this.broken = broken;
    }

    @Override
    public List<Message> after(RoomId room, Seq after, int most) {
      if (broken[0]) {
        throw new IllegalStateException("the log is away");
      }
      return super.after(room, after, most);
    }
  }
}
