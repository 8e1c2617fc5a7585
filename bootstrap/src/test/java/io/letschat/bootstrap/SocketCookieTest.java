package io.letschat.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.letschat.bootstrap.fixture.MemoryChat;
import io.letschat.bootstrap.fixture.RawSocket;
import io.letschat.bootstrap.fixture.Visitor;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which of the cookies that a browser sends with the handshake is the session's. */
class SocketCookieTest {
  @TempDir private static Path folder;

  @Test
  void a_socket_takes_the_cookie_that_is_good_as_the_pages_do() throws Exception {
    try (MemoryChat chat = MemoryChat.start(folder, Map.of())) {
      Visitor ada = chat.signsUp("ada");
      long room = chat.enters(ada, "tea");
      String name = chat.cookieName();

      joins(chat, name + "=rubbish; " + name + "=" + ada.token(), room);
      joins(chat, "letschat_session=" + ada.token(), room);
      joins(chat, "letschat_session=theirs; " + name + "=" + ada.token(), room);
      joins(chat, name + "=rubbish; letschat_session=" + ada.token(), room);

      String foreign = "letschat_session_0011223344=" + ada.token();
      try (RawSocket socket = RawSocket.byCookies(chat.address(), foreign)) {
        assertThatThrownBy(socket::answer).hasMessageContaining("unauthorized");
      }
    }
  }

  private static void joins(MemoryChat chat, String cookies, long room) {
    try (RawSocket socket = RawSocket.byCookies(chat.address(), cookies)) {
      assertThat(socket.ask("join room", Map.of("room_id", room)).at("/ok").asBoolean())
          .as(cookies)
          .isTrue();
    }
  }
}
