package io.letschat.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.databind.JsonNode;
import io.letschat.bootstrap.fixture.AwaitInProgram;
import io.letschat.bootstrap.fixture.MemoryChat;
import io.letschat.bootstrap.fixture.RawSocket;
import io.letschat.bootstrap.fixture.Visitor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** What sockets are told while stores are away, and what the log is told. */
class StoresUnavailableTest {
  private static final Logger CHAT = (Logger) LoggerFactory.getLogger("io.letschat.messaging");

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

  /** A CONNECT_ERROR is final for clients from 4.5 on: they never try again. */
  @Test
  void who_cannot_be_looked_up_is_told_nothing_and_loses_the_connection() throws Exception {
    chat.peopleOutage.begin();

    try (RawSocket socket = RawSocket.connect(ada)) {
      assertThat(socket.awaitsEnd()).isEqualTo("closed");
      assertThat(socket.isAnswered()).isFalse();
    }
    assertThat(chat.refused("unavailable")).isPositive();
    assertThat(chat.refused("unauthorized")).isZero();
    assertOutageIsNoError();
  }

  @Test
  void while_nobody_can_be_looked_up_handshakes_are_refused_and_the_log_says_it_once()
      throws Exception {
    chat.peopleOutage.begin();
    RawSocket.connect(ada).awaitsEnd();

    for (int i = 0; i < 20; i++) {
      var refused = handshake();
      assertThat(refused.statusCode()).isEqualTo(503);
      assertThat(refused.headers().firstValue("retry-after")).contains("2");
    }
    assertThat(told.list).hasSize(1);

    chat.peopleOutage.end();
    AwaitInProgram.until(() -> handshake().statusCode() == 200, () -> "still refused");
    try (RawSocket socket = RawSocket.connect(ada)) {
      assertThat(socket.pid()).isNotEmpty();
    }
  }

  private HttpResponse<String> handshake() {
    var request =
        HttpRequest.newBuilder(
                URI.create(chat.address() + "/socket.io/?EIO=4&transport=polling&t=" + room))
            .build();
    try (var http = HttpClient.newHttpClient()) {
      return http.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Its news come before there is a socket to be closed. */
  @Test
  void a_session_that_ends_between_its_look_up_and_the_connect_gets_no_socket() throws Exception {
    chat.close();
    var chatBox = new MemoryChat[1];
    var leaving = new Visitor[1];
    chat =
        MemoryChat.start(
            folder,
            Map.of(),
            afterLookUp(() -> {
              if (leaving[0] != null) {
                chatBox[0].logsOut(leaving[0]);
              }
            }));
    chatBox[0] = chat;
    leaving[0] = chat.signsUp("leaving");

    try (RawSocket socket = RawSocket.connect(leaving[0])) {
      assertThat(socket.awaitsEnd()).isEqualTo("disconnected");
    }
  }

  private static MemoryChat.Around afterLookUp(Runnable then) {
    return new MemoryChat.Around() {
      @Override
      public <T> T around(Class<T> port, T shared) {
        return port.cast(
            Proxy.newProxyInstance(
                port.getClassLoader(),
                new Class<?>[] {port},
                (proxy, method, arguments) -> {
                  Object answer = method.invoke(shared, arguments);
                  if (method.getName().equals("liveAmong")) {
                    then.run();
                  }
                  return answer;
                }));
      }
    };
  }

  /** It was logged as an error once, and counted as one, which wakes somebody up. */
  @Test
  void who_comes_back_while_the_log_is_away_keeps_the_bookmark_for_the_next_time() {
    RawSocket first = RawSocket.connect(ada);
    first.joins(room);
    chat.says(ada, room, "an offset");
    first.awaits("new message", 1);
    first.cut();
    chat.says(ada, room, "missed");
    chat.logOutage.begin();

    try (RawSocket second = RawSocket.again(ada, first)) {
      assertThat(second.awaitsEnd()).isEqualTo("closed");
      assertThat(second.isAnswered()).isFalse();
    }
    assertThat(chat.recoveries("unavailable")).isEqualTo(1);
    assertOutageIsNoError();

    chat.logOutage.end();
    try (RawSocket third = RawSocket.again(ada, first)) {
      assertThat(third.isRecovered(first)).isTrue();
      third.awaits("new message", 1);
    }
  }

  private void assertOutageIsNoError() {
    assertThat(told.list)
        .extracting(ILoggingEvent::getLevel)
        .contains(Level.WARN)
        .doesNotContain(Level.ERROR);
  }
}
