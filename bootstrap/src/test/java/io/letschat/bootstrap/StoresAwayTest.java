package io.letschat.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** What sockets are told while stores are away, and what the log is told. */
class StoresAwayTest {
  private static final Logger CHAT = (Logger) LoggerFactory.getLogger("io.letschat.messaging.chat");

  @TempDir private static Path folder;

  private final ListAppender<ILoggingEvent> told = new ListAppender<>();

  private MemoryChat chat;
  private Visitor ada;
  private long room;

  @BeforeEach
  void one_person_has_a_room() throws Exception {
    chat = MemoryChat.start(folder, Map.of());
    ada = chat.signsUp("ada");
    room = chat.enters(ada, "tea");
    told.list = new CopyOnWriteArrayList<>();
    told.start();
    CHAT.addAppender(told);
  }

  @AfterEach
  void stop() {
    CHAT.detachAppender(told);
    chat.close();
  }

  /** What is surely not written is unavailable; what may be written is to be sent again. */
  @Test
  void a_message_is_unavailable_or_its_outcome_is_unknown_by_what_is_away() {
    try (RawSocket socket = RawSocket.connect(ada)) {
      socket.joins(room);

      chat.peopleOutage.begin();
      assertThat(send(socket).at("/error/code").asText()).isEqualTo("unavailable");
      chat.peopleOutage.end();

      chat.logOutage.begin();
      assertThat(send(socket).at("/error/code").asText()).isEqualTo("retry");
      chat.logOutage.end();

      JsonNode kept = send(socket);
      assertThat(kept.at("/message/seq").asLong()).isEqualTo(1);
    }
    assertOutageIsNoError();
  }

  private JsonNode send(RawSocket socket) {
    return socket.ask(
        "send message", Map.of("room_id", room, "content", "hello", "client_message_id", "one"));
  }

  @Test
  void a_room_cannot_be_joined_without_its_log() {
    try (RawSocket socket = RawSocket.connect(ada)) {
      chat.logOutage.begin();
      JsonNode answer = socket.ask("join room", Map.of("room_id", room));
      assertThat(answer.at("/error/code").asText()).isEqualTo("unavailable");

      chat.logOutage.end();
      assertThat(socket.ask("join room", Map.of("room_id", room)).at("/ok").asBoolean()).isTrue();
    }
    assertOutageIsNoError();
  }

  @Test
  void who_cannot_be_looked_up_is_refused_as_unavailable_and_not_as_unauthorized() {
    chat.peopleOutage.begin();

    assertThatThrownBy(() -> RawSocket.connect(ada).answer()).hasMessageContaining("unavailable");
    assertOutageIsNoError();
  }

  /** It was logged as an error once, and counted as one, which wakes somebody up. */
  @Test
  void who_comes_back_while_the_log_is_away_begins_anew_and_that_is_no_error() {
    RawSocket first = RawSocket.connect(ada);
    first.joins(room);
    chat.says(ada, room, "an offset");
    first.awaits("new message", 1);
    first.cut();
    chat.says(ada, room, "missed");
    chat.logOutage.begin();

    try (RawSocket second = RawSocket.again(ada, first)) {
      assertThat(second.isRecovered(first)).isFalse();
    }
    assertThat(chat.recoveries("unavailable")).isEqualTo(1);
    assertOutageIsNoError();
  }

  private void assertOutageIsNoError() {
    assertThat(told.list)
        .extracting(ILoggingEvent::getLevel)
        .contains(Level.WARN)
        .doesNotContain(Level.ERROR);
  }
}
