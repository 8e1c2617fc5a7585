package io.letschat.application.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.letschat.application.delivery.cluster.ClusterBus;
import io.letschat.domain.message.Message;
import io.letschat.domain.message.MessageContent;
import io.letschat.domain.message.MessageType;
import io.letschat.domain.message.NewMessage;
import io.letschat.domain.room.Member;
import io.letschat.domain.room.Room;
import io.letschat.testkit.Chat;
import io.letschat.testkit.Someone;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is told about the ways of messages. */
class DeliveryObserverTest {
  private final Chat chat = new Chat();
  private final Someone ada = chat.someone("ada");
  private final Room room = ada.enters("tea", "secret");
  private final Member member = chat.rooms.of(ada.user(), room.id()).orElseThrow();
  private final List<String> told = new ArrayList<>();
  private final RoomStreams streams =
      new RoomStreams(
          chat.memoryLog,
          new ConnectionRegistry(),
          chat.audience,
          chat.scheduler,
          ClusterBus.NONE,
          new Notebook(told));

  @BeforeEach
  void somebodyListens() {
    streams.subscribe(room.id(), ada.connects()).activate();
  }

  @Test
  void messages_in_turn_have_their_way_and_leave_no_hole() {
    List<Message> messages = appended(3);

    streams.offer(messages.get(0));
    streams.offerFromElsewhere(messages.get(1));
    streams.offer(messages.get(1));
    streams.offer(messages.get(2));

    assertThat(told).containsExactly("1 HERE", "2 OTHER_NODE", "3 HERE");
  }

  @Test
  void a_hole_that_fills_itself_needs_nothing_from_the_log() {
    List<Message> messages = appended(3);

    streams.offerFromElsewhere(messages.get(2));
    streams.offerFromElsewhere(messages.get(1));
    streams.offerFromElsewhere(messages.get(0));

    assertThat(told)
        .containsExactly(
            "opened", "1 OTHER_NODE", "2 OTHER_NODE", "3 OTHER_NODE", "closed, 0 from the log");
  }

  @Test
  void a_hole_tells_how_many_had_to_be_looked_up() {
    List<Message> messages = appended(4);

    streams.offerFromElsewhere(messages.get(0));
    streams.offerFromElsewhere(messages.get(3));
    chat.pass(RoomStream.PATIENCE);

    assertThat(told)
        .containsExactly(
            "1 OTHER_NODE", "opened", "2 LOG", "3 LOG", "4 OTHER_NODE", "closed, 2 from the log");
  }

  @Test
  void a_lost_last_message_is_a_hole_from_the_moment_it_is_noticed() {
    appended(2);

    streams.compareWithLog();
    streams.compareWithLog();
    chat.pass(RoomStream.PATIENCE);

    assertThat(told).containsExactly("opened", "1 LOG", "2 LOG", "closed, 2 from the log");
  }

  @Test
  void one_hole_after_the_other_is_two() {
    List<Message> messages = appended(5);

    streams.offer(messages.get(1));
    streams.offer(messages.get(4));
    streams.offer(messages.get(0));
    streams.offer(messages.get(2));
    streams.offer(messages.get(3));

    assertThat(told)
        .containsExactly(
            "opened",
            "1 HERE",
            "2 HERE",
            "closed, 0 from the log",
            "opened",
            "3 HERE",
            "4 HERE",
            "5 HERE",
            "closed, 0 from the log");
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

  private record Notebook(List<String> told) implements DeliveryObserver {
    @Override
    public void delivered(Message message, Source source) {
      told.add(message.seq().value() + " " + source);
    }

    @Override
    public Gap gapOpened() {
      told.add("opened");
      return fromLog -> told.add("closed, " + fromLog + " from the log");
    }
  }
}
