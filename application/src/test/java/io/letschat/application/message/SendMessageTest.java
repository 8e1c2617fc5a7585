package io.letschat.application.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.letschat.domain.limit.Limit;
import io.letschat.domain.message.ClientMessageId;
import io.letschat.domain.message.Message;
import io.letschat.domain.message.MessageContent;
import io.letschat.domain.message.MessageType;
import io.letschat.domain.room.Room;
import io.letschat.domain.room.RoomId;
import io.letschat.testkit.Chat;
import io.letschat.testkit.Someone;
import io.letschat.testkit.TestConnection;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SendMessageTest {
  private final Chat chat = new Chat();
  private final Someone ada = chat.someone("ada");
  private final Someone bob = chat.someone("bob");
  private Room tea = ada.enters("tea", "secret");

  @BeforeEach
  void bob_joins() {
    tea = bob.enters("TEA", "secret");
  }

  @Test
  void everybody_in_the_room_hears_it_the_sender_included() {
    TestConnection adas = ada.opens(tea);
    TestConnection bobs = bob.opens(tea);

    Message said = ada.says(tea, "hello");

    assertThat(adas.messages()).containsExactly(said);
    assertThat(bobs.messages()).containsExactly(said);
    assertThat(said.seq().value()).isEqualTo(1);
    assertThat(said.senderName().text()).isEqualTo("ada");
  }

  @Test
  void nobody_hears_what_is_said_in_another_room() {
    Room other = bob.enters("coffee", "secret");
    TestConnection adas = ada.opens(tea);

    bob.says(other, "psst");

    assertThat(adas.messages()).isEmpty();
  }

  @Test
  void sending_again_with_the_same_id_answers_with_the_first_message_and_is_not_heard_again() {
    TestConnection bobs = bob.opens(tea);
    var id = Optional.of(ClientMessageId.of("m-1"));

    Message first = ada.says(tea, "hello", id);
    Message again = ada.says(tea, "hello, edited", id);

    assertThat(again).isEqualTo(first);
    assertThat(bobs.heard()).containsExactly("hello");
  }

  @Test
  void a_stranger_is_told_the_same_of_a_room_that_is_there_and_of_one_that_is_not() {
    Someone eve = chat.someone("eve");
    Room absent = new Room(new RoomId(4711), tea.name(), tea.owner());

    assertThat(eve.tries(tea, "hello", Optional.empty())).isEqualTo(new SendMessage.NoSuchRoom());
    assertThat(eve.tries(absent, "hello", Optional.empty()))
        .isEqualTo(new SendMessage.NoSuchRoom());
  }

  @Test
  void a_removed_member_cannot_send_through_a_socket_opened_before() {
    TestConnection bobs = bob.opens(tea);
    ada.removes(bob, tea);

    assertThat(bob.tries(tea, "still here", Optional.empty()))
        .isEqualTo(new SendMessage.NoSuchRoom());
    ada.says(tea, "gone");
    assertThat(bobs.heard()).isEmpty();
  }

  @Test
  void a_session_that_was_ended_cannot_send_through_a_socket_opened_before() {
    TestConnection adas = ada.opens(tea);
    bob.opens(tea);
    chat.sessions.end(bob.who().session().id());

    assertThat(bob.tries(tea, "still here", Optional.empty()))
        .isEqualTo(new SendMessage.SessionEnded());
    assertThat(adas.heard()).isEmpty();
  }

  @Test
  void who_talks_too_fast_is_told_how_long_to_wait_and_can_go_on_then() {
    for (int i = 0; i < Limit.MESSAGE.defaultRate().times(); i++) {
      ada.says(tea, "flood " + i);
    }
    chat.pass(Duration.ofSeconds(4));

    var refused = (SendMessage.TooOften) ada.tries(tea, "one more", Optional.empty());
    assertThat(refused.retryAfter()).isEqualTo(Duration.ofSeconds(6));
    assertThat(bob.tries(tea, "not me", Optional.empty())).isInstanceOf(SendMessage.Sent.class);

    chat.pass(refused.retryAfter());
    assertThat(ada.tries(tea, "now", Optional.empty())).isInstanceOf(SendMessage.Sent.class);
  }

  @Test
  void an_image_that_nobody_uploaded_is_refused() {
    var command =
        new SendMessage.Command(
            ada.who(),
            tea.id(),
            MessageContent.of("https://example.org/cat.png"),
            MessageType.IMAGE,
            Optional.empty());

    assertThat(chat.sendMessage.send(command)).isEqualTo(new SendMessage.NotUploaded());
  }

  @Test
  void when_the_answer_of_the_log_is_lost_a_retry_finds_the_message_and_the_room_hears_it_once() {
    TestConnection bobs = bob.opens(tea);
    var id = Optional.of(ClientMessageId.of("m-1"));

    chat.memoryLog.loseAnswers(true);
    assertThat(ada.tries(tea, "hello", id)).isEqualTo(new SendMessage.Retry());
    chat.memoryLog.loseAnswers(false);
    Message retried = ada.says(tea, "hello", id);
    assertThat(bobs.messages()).containsExactly(retried);
    chat.pass(Duration.ofSeconds(1));

    assertThat(retried.seq().value()).isEqualTo(1);
    assertThat(bobs.messages()).containsExactly(retried);
  }

  @Test
  void a_message_whose_sender_never_comes_back_is_heard_all_the_same() {
    TestConnection bobs = bob.opens(tea);

    chat.memoryLog.loseAnswers(true);
    ada.tries(tea, "lost answer", Optional.empty());
    chat.memoryLog.loseAnswers(false);
    chat.pass(Duration.ofSeconds(1));

    assertThat(bobs.heard()).containsExactly("lost answer");
  }
}
