package io.letschat.engineio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.letschat.engineio.packet.PacketDecoder;
import io.letschat.engineio.packet.ReceivedPacket;
import io.letschat.netty.testing.HttpConnection;
import io.letschat.netty.testing.NoLeaks;
import io.letschat.netty.testing.WebSocketConnection;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What revision 3 of Engine.IO does otherwise than revision 4. */
@ExtendWith(NoLeaks.class)
class EngineIo3Test {
  private static final String POLLING = "/socket.io/?EIO=3&transport=polling";
  private static final String WEBSOCKET = "/socket.io/?EIO=3&transport=websocket";

  private final EngineEcho echo = new EngineEcho(EngineSettings.defaults());

  @AfterEach
  void stop() {
    echo.close();
  }

  private HttpConnection http() throws IOException {
    return new HttpConnection(echo.port());
  }

  private static String sid(String payload) throws IOException {
    JsonNode handshake = new ObjectMapper().readTree(payload.substring(payload.indexOf('{')));
    return handshake.path("sid").asText();
  }

  private static String open(HttpConnection http, String... more) throws IOException {
    return sid(http.get(POLLING + String.join("", more)).text());
  }

  private static void assertClosed(HttpConnection http, String sid) throws IOException {
    assertThat(http.get(POLLING + "&sid=" + sid).text()).contains("Session ID unknown");
  }

  @Test
  void the_handshake_carries_its_length() throws IOException {
    try (HttpConnection http = http()) {
      String payload = http.get(POLLING).text();
      int colon = payload.indexOf(':');
      String packet = payload.substring(colon + 1);
      assertThat(Integer.parseInt(payload.substring(0, colon))).isEqualTo(packet.length());
      assertThat(packet).startsWith("0{").contains("\"upgrades\":[\"websocket\"]");
    }
  }

  @Test
  void it_can_be_switched_off() throws IOException {
    EngineSettings settings = new EngineSettings.Builder().allowVersion3(false).build();
    try (EngineEcho modern = new EngineEcho(settings);
        HttpConnection http = new HttpConnection(modern.port())) {
      assertThat(http.get(POLLING).text())
          .isEqualTo("{\"code\":5,\"message\":\"Unsupported protocol version\"}");
    }
  }

  @Test
  void lengths_count_utf16_units() throws IOException {
    try (HttpConnection http = http()) {
      String sid = open(http);
      http.post(POLLING + "&sid=" + sid, "6:4hello3:4😀2:4é2:4€");
      assertThat(http.get(POLLING + "&sid=" + sid).text()).isEqualTo("6:4hello3:4😀2:4é2:4€");
    }
  }

  @Test
  void binary_is_base64_for_clients_that_ask_for_it() throws IOException {
    try (HttpConnection http = http()) {
      String sid = open(http, "&b64=1");
      http.post(POLLING + "&b64=1&sid=" + sid, "6:4hello10:b4AQIDBA==");
      HttpConnection.Answer answer = http.get(POLLING + "&b64=1&sid=" + sid);
      assertThat(answer.header("Content-Type")).startsWith("text/plain");
      assertThat(answer.text()).isEqualTo("6:4hello10:b4AQIDBA==");
    }
  }

  @Test
  void a_payload_with_binary_is_binary_for_all_others() throws IOException {
    byte[] payload = binaryPayload();
    try (HttpConnection http = http()) {
      String sid = open(http);
      assertThat(
              http.post(POLLING + "&sid=" + sid, payload, "Content-Type: application/octet-stream")
                  .text())
          .isEqualTo("ok");
      HttpConnection.Answer answer = http.get(POLLING + "&sid=" + sid);
      assertThat(answer.header("Content-Type")).isEqualTo("application/octet-stream");
      assertThat(answer.body()).isEqualTo(payload);
    }
  }

  /** The text {@code 4hé} and four bytes of binary. */
  private static byte[] binaryPayload() {
    ByteArrayOutputStream payload = new ByteArrayOutputStream();
    byte[] text = "4hé".getBytes(StandardCharsets.UTF_8);
    payload.writeBytes(new byte[] {0, (byte) text.length, (byte) 255});
    payload.writeBytes(text);
    payload.writeBytes(new byte[] {1, 5, (byte) 255, 4, 1, 2, 3, 4});
    return payload.toByteArray();
  }

  @Test
  void binary_frames_of_a_websocket_begin_with_the_packet_type() throws IOException {
    try (WebSocketConnection socket = new WebSocketConnection(echo.port(), WEBSOCKET)) {
      assertThat(socket.text()).startsWith("0{").contains("\"upgrades\":[]");
      socket.send(new byte[] {4, 1, 2, 3});
      assertThat(socket.binary()).containsExactly(4, 1, 2, 3);
      socket.send(new byte[] {3, 1, 2, 3});
      assertThat(socket.closeStatus()).isEqualTo(1007);
    }
  }

  @Test
  void the_client_pings_and_the_server_pongs() throws IOException {
    try (WebSocketConnection socket = new WebSocketConnection(echo.port(), WEBSOCKET);
        HttpConnection http = http()) {
      socket.text();
      socket.send("2");
      assertThat(socket.text()).isEqualTo("3");
      String sid = open(http);
      http.post(POLLING + "&sid=" + sid, "1:2");
      assertThat(http.get(POLLING + "&sid=" + sid).text()).isEqualTo("1:3");
    }
  }

  @Test
  void the_server_does_not_ping_and_closes_without_pings() throws IOException {
    EngineSettings settings =
        new EngineSettings.Builder()
            .heartbeat(Duration.ofMillis(100), Duration.ofMillis(100))
            .build();
    try (EngineEcho server = new EngineEcho(settings);
        WebSocketConnection socket = new WebSocketConnection(server.port(), WEBSOCKET)) {
      socket.text();
      assertThat(socket.receive().opcode()).isEqualTo(WebSocketConnection.CLOSE);
      server.awaitClosed(CloseReason.PING_TIMEOUT);
    }
  }

  @Test
  void pongs_are_not_for_clients() throws IOException {
    try (WebSocketConnection socket = new WebSocketConnection(echo.port(), WEBSOCKET)) {
      socket.text();
      socket.send("3");
      socket.closeStatus();
      echo.awaitClosed(CloseReason.TRANSPORT_ERROR);
    }
  }

  @Test
  void malformed_payloads_end_the_session() throws IOException {
    for (String malformed :
        new String[] {
          "abc", "", "2:", "x:4", ":4", "-1:4", "3:4x", "0:", "99999999999:4", "2:9x"
        }) {
      try (HttpConnection http = http()) {
        String sid = open(http);
        assertThat(http.post(POLLING + "&sid=" + sid, malformed).status())
            .as(malformed)
            .isEqualTo(400);
        assertClosed(http, sid);
      }
    }
  }

  @Test
  void malformed_binary_payloads_end_the_session() throws IOException {
    byte[][] malformed = {
      {},
      {0},
      {0, 1},
      {0, (byte) 255},
      {2, 1, (byte) 255, '4'},
      {0, 9, (byte) 255, '4'},
      {0, 10, (byte) 255, '4'},
      {0, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, (byte) 255, '4'},
      {1, 1, (byte) 255, 2},
      {1, 0, (byte) 255},
      {0, 2, (byte) 255, '4', (byte) 0xff},
    };
    for (byte[] body : malformed) {
      try (HttpConnection http = http()) {
        String sid = open(http);
        assertThat(
                http.post(POLLING + "&sid=" + sid, body, "Content-Type: application/octet-stream")
                    .status())
            .isEqualTo(400);
        assertClosed(http, sid);
      }
    }
  }

  @Test
  void a_close_packet_releases_the_poll_with_a_noop() throws IOException {
    try (HttpConnection poll = http();
        HttpConnection post = http()) {
      String sid = open(post);
      poll.send("GET", POLLING + "&sid=" + sid);
      echo.awaitPoll();
      assertThat(post.post(POLLING + "&sid=" + sid, "1:1").text()).isEqualTo("ok");
      assertThat(poll.answer().text()).isEqualTo("1:6");
      assertClosed(post, sid);
    }
  }

  @Test
  void it_upgrades_like_its_successor() throws IOException {
    try (HttpConnection http = http()) {
      String sid = open(http);
      http.send("GET", POLLING + "&sid=" + sid);
      echo.awaitPoll();
      try (WebSocketConnection socket =
          new WebSocketConnection(echo.port(), WEBSOCKET + "&sid=" + sid)) {
        socket.send("2probe");
        assertThat(socket.text()).isEqualTo("3probe");
        assertThat(http.answer().text()).isEqualTo("1:6");
        socket.send("5");
        socket.send("4hello");
        assertThat(socket.text()).isEqualTo("4hello");
      }
    }
  }

  /** As a number of 64 bits this length is -1. */
  @ParameterizedTest
  @ValueSource(
      strings = {"18446744073709551615", "18446744073709551617", "4294967298", "99999999999", "3"})
  void a_length_that_nothing_can_have_is_malformed(String length) {
    byte[] binary = new byte[length.length() + 4];
    for (int i = 0; i < length.length(); i++) {
      binary[i + 1] = (byte) (length.charAt(i) - '0');
    }
    binary[length.length() + 1] = (byte) 255;
    binary[length.length() + 2] = '4';
    binary[length.length() + 3] = 'x';

    assertThatThrownBy(() -> decoded(false, (length + ":4x").getBytes(StandardCharsets.US_ASCII)))
        .isInstanceOf(ReceivedPacket.Malformed.class);
    assertThatThrownBy(() -> decoded(true, binary)).isInstanceOf(ReceivedPacket.Malformed.class);
  }

  private static List<ReceivedPacket> decoded(boolean binary, byte[] body) throws Exception {
    return PacketDecoder.payload(EngineVersion.V3, binary, Unpooled.wrappedBuffer(body), 10);
  }
}
