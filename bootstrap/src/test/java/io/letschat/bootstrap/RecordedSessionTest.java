package io.letschat.bootstrap;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.letschat.bootstrap.fixture.RecordedClients;
import io.letschat.bootstrap.fixture.RecordedHttp;
import io.letschat.bootstrap.fixture.SessionRecord;
import io.letschat.bootstrap.fixture.TestCluster;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two nodes, clients of npm in both dialects, and plain HTTP, in a fixed order: everything that
 * they see and hear is what is written in {@code recorded-session.txt}. Whoever changes what the
 * outside sees changes that file in the same commit: {@code -Drecorded.session=write} writes it
 * anew.
 */
class RecordedSessionTest {
  private static final Path RECORD = Path.of("src", "test", "resources", "recorded-session.txt");

  /** What was seen and heard this time, as far as it went. */
  private static final Path NEW_RECORD = Path.of("target", "recorded-session.txt");

  private static final Map<String, String> LIMITS =
      Map.of("RATE_LIMIT_LOGIN", "4/15m", "RATE_LIMIT_ROOM_PASSWORD", "4/15m");

  @TempDir private Path folder;

  private final SessionRecord record = new SessionRecord();
  private final RecordedHttp http = new RecordedHttp(record);
  private String node1 = "";
  private String node2 = "";
  private String ada = "";
  private String bob = "";
  private String cyd = "";
  private long adaId;
  private long cydId;
  private long room;

  @Test
  void what_clients_of_two_nodes_see_and_hear_is_what_was_recorded() throws Exception {
    try (var cluster = TestCluster.start(folder, 2, LIMITS);
        var clients = RecordedClients.start(folder, record)) {
      node1 = cluster.node(0).address();
      node2 = cluster.node(1).address();
      health();
      pages();
      accounts();
      rooms();
      refusals();
      connections(clients);
      joins(clients);
      messages(clients);
      invalidEvents(clients);
      typing(clients);
      files(clients);
      history();
      presence(clients);
      recovery(clients);
      ends(clients);
      limits(clients);
      record.step("what is measured");
      http.get(node1, "/metrics");
      record.step("node 2 is stopped");
      cluster.node(1).stop();
      clients.hears("dan", "disconnect");
      record.step("what nobody waited for");
      clients.recordsTheRest();
      if ("write".equals(System.getProperty("recorded.session"))) {
        Files.writeString(RECORD, record.text());
      }
    } finally {
      Files.writeString(NEW_RECORD, record.text());
    }
    assertThat(record.text()).isEqualTo(Files.readString(RECORD));
  }

  private static String bearer(String token) {
    return "Authorization: Bearer " + token;
  }

  private void health() throws IOException {
    record.step("health");
    http.get(node1, "/healthz");
    http.asks("HEAD", node1, "/healthz", new byte[0]);
    http.get(node1, "/readyz");
    http.get(node2, "/readyz");
  }

  private void pages() throws IOException {
    record.step("pages, for somebody who is not signed in");
    for (String path :
        new String[] {
          "/",
          "/login",
          "/register",
          "/forgot-password",
          "/verify-otp",
          "/dashboard",
          "/rooms/1",
          "/profile",
          "/nowhere"
        }) {
      http.get(node1, path, "Accept: text/html");
    }
    http.get(node1, "/dashboard");
    http.get(node1, "/api/auth/me");
    http.get(node1, "/favicon.ico");
    http.get(node1, "/socket.io/socket.io.min.js");
  }

  private void accounts() throws IOException {
    record.step("accounts");
    ada = signsUp(node1, "ada");
    bob = signsUp(node2, "bob");
    String form = "email=cyd%40example.org&password=password+of+cyd&username=cyd&next=%2Fprofile";
    cyd =
        http.post(node1, "/api/auth/register", "application/x-www-form-urlencoded", form)
            .header("Set-Cookie")
            .replaceAll("^[^=]*=([^;]*);.*", "$1");
    http.post(node1, "/api/auth/register", "application/x-www-form-urlencoded", form);
    String register = "/api/auth/register";
    http.postJson(node1, register, Map.of());
    http.postJson(node1, register, registration("ada", "a password", "eve"));
    http.postJson(node1, register, registration("eve", "a password", "ADA"));
    http.postJson(node1, register, registration("eve", "short", "x"));
    http.post(node1, register, "application/json", "{\"email\": ");
    http.post(node1, register, "application/json", "[]");
    http.post(node1, register, "text/plain", "email");
    http.post(node1, register, "application/json", "\"" + "x".repeat(70_000) + "\"");
    http.postJson(
        node1, register, registration("eve", "a password", "eve"), "Origin: https://evil.example");
    String login = "/api/auth/login";
    http.postJson(node2, login, of("email", "ada@example.org", "password", "password of ada"));
    http.postJson(node2, login, of("email", "ada@example.org", "password", "wrong"));
    http.postJson(node2, login, of("email", "nobody@example.org", "password", "wrong"));
    http.post(
        node1,
        login,
        "application/x-www-form-urlencoded",
        "email=ada%40example.org&password=wrong");
    http.postJson(node2, login, Map.of("email", 7));
    adaId = http.get(node2, "/api/auth/me", bearer(ada)).body().at("/user/id").asLong();
    String cookie = "Cookie: letschat_session=" + cyd;
    cydId = http.get(node1, "/api/auth/me", cookie).body().at("/user/id").asLong();
    http.get(node1, "/api/auth/me", bearer("none"));
    http.get(node1, "/api/sessions", bearer(ada));
    http.get(node1, "/login", "Accept: text/html", cookie);
    http.get(node1, "/profile", "Accept: text/html", bearer(ada));
    http.postJson(node1, "/profile", Map.of("username", "bob"), bearer(ada));
    http.postJson(node1, "/profile", Map.of("username", "here"), bearer(ada));
    http.postJson(node1, "/profile", Map.of("username", "x"), bearer(ada));
    http.get(node1, "/api/avatars?ids=1,2", bearer(ada));
    http.get(node1, "/api/avatars?ids=one", bearer(ada));
    http.postJson(node1, "/api/auth/verifyEmail", Map.of("otp", "000000"), bearer(ada));
  }

  private String signsUp(String node, String name) throws IOException {
    return http.postJson(
            node, "/api/auth/register", registration(name, "password of " + name, name))
        .body()
        .path("token")
        .asText();
  }

  private static Map<String, ?> registration(String name, String password, String username) {
    return of("email", name + "@example.org", "password", password, "username", username);
  }

  /** In this order, unlike {@code Map.of}. */
  private static Map<String, ?> of(Object... pairs) {
    var map = new LinkedHashMap<String, Object>();
    for (int i = 0; i < pairs.length; i += 2) {
      map.put((String) pairs[i], pairs[i + 1]);
    }
    return map;
  }

  private void rooms() throws IOException {
    record.step("rooms");
    room =
        http.postJson(node1, "/join", of("room", "tea kitchen", "password", "secret"), bearer(ada))
            .body()
            .at("/room/id")
            .asLong();
    http.postJson(node2, "/join", of("room", "Tea Kitchen", "password", "wrong"), bearer(bob));
    http.postJson(node2, "/join", of("room", "Tea Kitchen", "password", "secret"), bearer(bob));
    http.post(
        node2,
        "/join",
        "application/x-www-form-urlencoded",
        "room=tea+kitchen&password=secret",
        "Cookie: letschat_session=" + cyd);
    http.postJson(node1, "/join", of("room", "tea kitchen", "password", "secret"));
    http.postJson(node1, "/join", Map.of(), bearer(ada));
    http.postJson(node1, "/join", of("room", "tea kitchen", "password", 5), bearer(ada));
    http.postJson(node1, "/join", of("room", "teа kitchen", "password", "secret"), bearer(ada));
    http.get(node1, "/rooms/" + room, "Accept: text/html", bearer(ada));
    http.get(node1, "/dashboard", "Accept: text/html", bearer(ada));
    http.get(node1, "/api/rooms/" + room + "/messages", bearer(ada));
    http.get(node1, "/api/rooms/" + room + "/messages");
    http.get(node1, "/api/rooms/4711/messages", bearer(ada));
    http.get(node1, "/api/rooms/tea/messages", bearer(ada));
    http.asks(
        "DELETE", node1, "/api/rooms/" + room + "/members/" + adaId, new byte[0], bearer(bob));
  }

  private void refusals() throws IOException {
    record.step("what is no request, and what is not there");
    http.get(node1, "/nowhere");
    http.asks("DELETE", node1, "/join", new byte[0], bearer(ada));
    http.asks("OPTIONS", node1, "/join", new byte[0]);
    http.asks("BREW", node1, "/", new byte[0]);
    http.get(node1, "/../etc/passwd");
    http.get(node1, "/a%00b");
    http.raw(node1, "GET / HTTP/1.1\r\nConnection: close\r\n\r\n");
    http.raw(node1, "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n");
    http.raw(node1, "GET / HTTP/3.0\r\nHost: a\r\n\r\n");
    http.raw(node1, "GET  / HTTP/1.1\r\nHost: a\r\n\r\n");
    http.raw(node1, "GET / HTTP/1.1\r\nHost: a\r\nName : value\r\n\r\n");
    http.raw(
        node1,
        "POST /join HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n");
    http.raw(node1, "POST /join HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n");
    http.raw(node1, "GET / HTTP/1.1\r\nHost: a\r\nX: " + "x".repeat(17_000) + "\r\n\r\n");
    http.raw(node1, "GET /" + "x".repeat(9_000) + " HTTP/1.1\r\nHost: a\r\n\r\n");
    http.get(node1, "/socket.io/");
    http.get(node1, "/socket.io/?EIO=4&transport=carrier-pigeon");
    http.get(node1, "/socket.io/?EIO=2&transport=polling");
    http.get(node1, "/socket.io/?EIO=4&transport=polling&sid=unknown");
    http.get(node1, "/socket.io/?EIO=4&transport=websocket");
    http.get(node1, "/socket.io/?EIO=4&transport=polling", "Origin: https://evil.example");
  }

  private void connections(RecordedClients clients) throws IOException {
    record.step("connections that are refused");
    clients.opens("nobody", "standard", "websocket", node1, "");
    clients.hears("nobody", "connect_error");
    clients.opens("nobody2", "standard", "polling", node2, "none");
    clients.hears("nobody2", "connect_error");
    clients.opens("nobody3", "legacy", "websocket", node2, "");
    clients.hears("nobody3", "error");
    clients.leaves("nobody3");
    clients.opens("nobody4", "legacy", "polling", node1, "none");
    clients.hears("nobody4", "error");
    clients.leaves("nobody4");
    clients.opens("nobody5", "standard", "websocket", node1 + "/namespace", ada);
    clients.hears("nobody5", "connect_error");
    record.step("connections");
    clients.opens("ada", "standard", "websocket", node1, ada);
    clients.hears("ada", "connect");
    clients.opens("bob", "legacy", "websocket", node2, bob);
    clients.hears("bob", "connect");
    clients.opens("cyd", "standard", "polling", node2, cyd);
    clients.hears("cyd", "connect");
  }

  private void joins(RecordedClients clients) throws IOException {
    record.step("before joining");
    clients.asks("ada", "send message", of("room_id", room, "content", "too early"));
    clients.hears("ada", "ack of send message");
    clients.asks("ada", "typing", of("room_id", room));
    clients.hears("ada", "ack of typing");
    record.step("joining");
    clients.asks("ada", "join room", of("room_id", room));
    clients.hears("ada", "ack of join room", "position");
    clients.emits("bob", "joinRoom", of("room_id", room));
    clients.hears("bob", "recentMessages", "userJoined");
    clients.hears("ada", "user joined");
    clients.emits("cyd", "join room", of("room_id", room));
    clients.hears("cyd", "recent messages", "position");
    clients.hears("bob", "userJoined");
    clients.hears("ada", "user joined");
    clients.isTold("ada", "cyd", "bob", "ada");
    clients.isTold("bob", "cyd", "bob", "ada");
    clients.isTold("cyd", "cyd", "bob", "ada");
  }

  private void messages(RecordedClients clients) throws IOException {
    record.step("messages");
    clients.asks(
        "ada",
        "send message",
        of("room_id", room, "content", " Hello <b>", "client_message_id", "a-1"));
    allHear(clients, "ada", "ack of send message");
    clients.asks(
        "ada", "send message", of("room_id", room, "content", "again", "client_message_id", "a-1"));
    clients.hears("ada", "ack of send message");
    clients.emits("ada", "send message", of("room_id", room, "content", "no ack 😀\n"));
    allHear(clients, "nobody", "");
    clients.asks(
        "bob", "message", of("room_id", room, "content", "legacy", "message_type", "text"));
    allHear(clients, "bob", "ack of message");
    clients.emits("bob", "message", of("room_id", "" + room, "content", "an id as text"));
    allHear(clients, "nobody", "");
    clients.asks(
        "cyd",
        "send message",
        of("room_id", room, "content", "by polling", "user_id", 1, "username", "ada"));
    allHear(clients, "cyd", "ack of send message");
  }

  /** The message, and one of them something more. */
  private static void allHear(RecordedClients clients, String one, String more) {
    for (String client : new String[] {"ada", "bob", "cyd"}) {
      String message = client.equals("bob") ? "newMessage" : "new message";
      if (client.equals(one)) {
        clients.hears(client, message, more);
      } else {
        clients.hears(client, message);
      }
    }
  }

  private void invalidEvents(RecordedClients clients) throws IOException {
    record.step("invalid events, with an ack");
    String send = "send message";
    Object[][] payloads = {
      {},
      {"text"},
      {of("room_id", room)},
      {of("room_id", room, "content", "  ")},
      {of("room_id", room, "content", 7)},
      {of("room_id", room, "content", "a\u0000b")},
      {of("room_id", room, "content", "a", "message_type", "video")},
      {of("room_id", room, "content", "/uploads/none", "message_type", "image")},
      {of("room_id", room, "content", "a", "client_message_id", "")},
      {of("room_id", "tea", "content", "a")},
      {of("room_id", 4711, "content", "a")},
      {of("content", "a")},
    };
    for (Object[] payload : payloads) {
      clients.asks("ada", send, payload);
      clients.hears("ada", "ack of " + send);
      clients.asks("bob", "message", payload);
      clients.hears("bob", "ack of message");
    }
    clients.asks("ada", "join room", of("room_id", 4711));
    clients.hears("ada", "ack of join room");
    clients.asks("ada", "join room", of("room_id", room, "after_seq", -1));
    clients.hears("ada", "ack of join room");
    clients.asks("bob", "joinRoom", "tea");
    clients.hears("bob", "ack of joinRoom");
    clients.asks("bob", "joinRoom", 4711);
    clients.hears("bob", "ack of joinRoom");
    clients.asks("ada", "make coffee", of("sugar", 2));
    clients.hears("ada", "ack of make coffee");
    clients.asks("bob", "make coffee");
    clients.hears("bob", "ack of make coffee");
    clients.asks("ada", "leave room", of("room_id", 4711));
    clients.hears("ada", "ack of leave room");
    record.step("invalid events, without an ack");
    clients.emits("ada", send, of("room_id", room));
    clients.hears("ada", "chat error");
    clients.emits("bob", "message", of("room_id", room));
    clients.hears("bob", "chat error");
    clients.emits("ada", "join room");
    clients.hears("ada", "chat error");
    clients.emits("bob", "joinRoom", of("room_id", 4711));
    clients.hears("bob", "chat error");
    clients.emits("ada", "make coffee");
    clients.hears("ada", "chat error");
    clients.emits("cyd", "typing", of("room_id", 4711));
    clients.hears("cyd", "chat error");
  }

  private void typing(RecordedClients clients) throws IOException {
    record.step("typing");
    clients.asks("ada", "typing", of("room_id", room));
    clients.hears("ada", "ack of typing");
    clients.hears("bob", "userTyping");
    clients.hears("cyd", "user typing");
    clients.asks("ada", "stop typing", of("room_id", room));
    clients.hears("ada", "ack of stop typing");
    clients.hears("bob", "userStopTyping");
    clients.hears("cyd", "user stop typing");
    clients.emits("bob", "typing", of("room_id", room));
    clients.hears("ada", "user typing");
    clients.hears("cyd", "user typing");
    clients.emits("bob", "stopTyping", of("room_id", room));
    clients.hears("ada", "user stop typing");
    clients.hears("cyd", "user stop typing");
    record.step("typing that ends with the message");
    clients.emits("cyd", "typing", of("room_id", room));
    clients.hears("ada", "user typing");
    clients.hears("bob", "userTyping");
    clients.asks("cyd", "send message", of("room_id", room, "content", "typed"));
    clients.hears("cyd", "new message", "ack of send message");
    clients.hears("ada", "new message", "user stop typing");
    clients.hears("bob", "newMessage", "userStopTyping");
  }

  private void files(RecordedClients clients) throws IOException {
    record.step("a picture");
    String boundary = "a-form";
    byte[] body = upload(boundary, picture());
    String type = "Content-Type: multipart/form-data; boundary=" + boundary;
    RecordedHttp.Answer shared = http.asks("POST", node2, "/api/upload", body, bearer(bob), type);
    allHear(clients, "nobody", "");
    String url = shared.body().path("fileUrl").asText();
    http.get(node2, url, bearer(ada));
    http.get(node2, url);
    http.get(node2, url, bearer(bob), "Range: bytes=0-9");
    http.get(node2, url, bearer(bob), "Range: bytes=1000000-");
    clients.asks("bob", "message", of("room_id", room, "content", url, "message_type", "image"));
    clients.hears("bob", "ack of message");
    http.asks("POST", node2, "/api/upload", body, type);
    http.asks(
        "POST", node2, "/api/upload", upload(boundary, "text".getBytes(UTF_8)), bearer(bob), type);
    http.postJson(node2, "/api/upload", Map.of(), bearer(bob));
  }

  private byte[] upload(String boundary, byte[] content) {
    var body = new ByteArrayOutputStream();
    body.writeBytes(
        ("--%1$s\r\nContent-Disposition: form-data; name=\"room_id\"\r\n\r\n%2$d\r\n"
                + "--%1$s\r\nContent-Disposition: form-data; name=\"client_message_id\"\r\n\r\npicture-1\r\n"
                + "--%1$s\r\nContent-Disposition: form-data; name=\"file\"; filename=\"../cat.png\"\r\n"
                + "Content-Type: application/octet-stream\r\n\r\n")
            .formatted(boundary, room)
            .getBytes(UTF_8));
    body.writeBytes(content);
    body.writeBytes(("\r\n--" + boundary + "--\r\n").getBytes(UTF_8));
    return body.toByteArray();
  }

  private static byte[] picture() throws IOException {
    var image = new BufferedImage(40, 30, BufferedImage.TYPE_INT_RGB);
    image.setRGB(7, 7, Color.RED.getRGB());
    var png = new ByteArrayOutputStream();
    ImageIO.write(image, "png", png);
    return png.toByteArray();
  }

  private void history() throws IOException {
    record.step("history");
    String messages = "/api/rooms/" + room + "/messages";
    http.get(node1, messages, bearer(ada));
    http.get(node2, messages + "?after=1&limit=2", bearer(bob));
    http.get(node2, messages + "?before=3&limit=1", bearer(bob));
    http.get(node2, messages + "?before=x&after=-1&limit=1000", bearer(bob));
  }

  private void presence(RecordedClients clients) throws IOException {
    record.step("leaving the room, and joining after a number");
    clients.asks("cyd", "leave room", of("room_id", room));
    clients.hears("cyd", "ack of leave room");
    clients.hears("ada", "user left");
    clients.hears("bob", "userLeft");
    clients.isTold("ada", "bob", "ada");
    clients.isTold("bob", "bob", "ada");
    clients.asks("cyd", "join room", of("room_id", room, "after_seq", 5));
    clients.hears("cyd", "ack of join room", "position");
    clients.hears("ada", "user joined");
    clients.hears("bob", "userJoined");
    record.step("another name");
    http.postJson(node1, "/profile", Map.of("username", "Robert"), bearer(bob));
    clients.isTold("ada", "cyd", "Robert", "ada");
    clients.isTold("bob", "cyd", "Robert", "ada");
    clients.isTold("cyd", "cyd", "Robert", "ada");
    clients.emits("bob", "typing", of("room_id", room));
    clients.hears("ada", "user typing");
    clients.hears("cyd", "user typing");
    clients.emits("bob", "message", of("room_id", room, "content", "happy little trees"));
    clients.hears("ada", "new message", "user stop typing");
    clients.hears("cyd", "new message", "user stop typing");
    clients.hears("bob", "newMessage");
    record.step("a member by the password that a socket brings");
    String dan = signsUp(node1, "dan");
    clients.opens("dan", "standard", "websocket", node2, dan);
    clients.hears("dan", "connect");
    clients.asks("dan", "join room", of("room_id", room));
    clients.hears("dan", "ack of join room");
    clients.asks("dan", "join room", of("room_id", room, "password", "wrong"));
    clients.hears("dan", "ack of join room");
    clients.asks("dan", "join room", of("room_id", room, "password", "secret", "after_seq", 0));
    clients.hears("dan", "ack of join room", "position");
    clients.hears("ada", "user joined");
    clients.hears("bob", "userJoined");
    clients.hears("cyd", "user joined");
    clients.isTold("dan", "dan", "cyd", "Robert", "ada");
    clients.isTold("bob", "dan", "cyd", "Robert", "ada");
  }

  private void recovery(RecordedClients clients) throws IOException {
    record.step("a connection that comes back, on the other node");
    clients.loses("ada");
    clients.hears("ada", "disconnect");
    clients.hears("bob", "userLeft");
    clients.hears("cyd", "user left");
    clients.hears("dan", "user left");
    clients.asks("bob", "message", of("room_id", room, "content", "missed 1"));
    clients.hears("bob", "ack of message", "newMessage");
    clients.asks("bob", "message", of("room_id", room, "content", "missed 2"));
    clients.hears("bob", "ack of message", "newMessage");
    clients.hears("cyd", "new message", "new message");
    clients.hears("dan", "new message", "new message");
    clients.returns("ada", node2);
    clients.hears("ada", "connect", "new message", "new message");
    clients.hears("bob", "userJoined");
    clients.hears("cyd", "user joined");
    clients.hears("dan", "user joined");
    clients.isTold("ada", "ada", "dan", "cyd", "Robert");
    clients.isTold("bob", "ada", "dan", "cyd", "Robert");
    clients.isTold("cyd", "ada", "dan", "cyd", "Robert");
    clients.isTold("dan", "ada", "dan", "cyd", "Robert");
    record.step("a legacy connection that comes back");
    clients.loses("bob");
    clients.hears("bob", "disconnect");
    clients.hears("ada", "user left");
    clients.hears("cyd", "user left");
    clients.hears("dan", "user left");
    clients.returns("bob", node1);
    clients.hears("bob", "connect");
    clients.asks("bob", "joinRoom", room);
    clients.hears("bob", "ack of joinRoom", "recentMessages", "userJoined");
    clients.hears("ada", "user joined");
    clients.hears("cyd", "user joined");
    clients.hears("dan", "user joined");
  }

  private void ends(RecordedClients clients) throws IOException {
    record.step("being removed");
    http.asks(
        "DELETE", node1, "/api/rooms/" + room + "/members/" + cydId, new byte[0], bearer(ada));
    clients.hears("cyd", "chat error");
    clients.hears("ada", "user left");
    clients.hears("bob", "userLeft");
    clients.hears("dan", "user left");
    clients.isTold("ada", "Robert", "ada", "dan");
    clients.isTold("bob", "Robert", "ada", "dan");
    clients.isTold("dan", "Robert", "ada", "dan");
    clients.asks("cyd", "send message", of("room_id", room, "content", "still here?"));
    clients.hears("cyd", "ack of send message");
    clients.leaves("cyd");
    clients.hears("cyd", "disconnect");
    record.step("a session that ends");
    http.postJson(node2, "/api/auth/logout", Map.of(), bearer(bob));
    clients.hears("bob", "disconnect");
    clients.hears("ada", "user left");
    clients.hears("dan", "user left");
    http.get(node1, "/api/auth/me", bearer(bob));
    http.postJson(node1, "/api/sessions/revokeAll", Map.of(), bearer(ada));
    clients.hears("ada", "disconnect");
    clients.hears("dan", "user left");
    clients.isTold("dan", "dan");
    http.post(
        node1,
        "/api/auth/logout",
        "application/x-www-form-urlencoded",
        "",
        "Cookie: letschat_session=" + cyd);
  }

  private void limits(RecordedClients clients) throws IOException {
    record.step("limits");
    for (int i = 0; i < 4; i++) {
      http.postJson(node1, "/api/auth/forgetPassword", Map.of("email", "none@example.org"));
    }
    for (int i = 0; i < 3; i++) {
      clients.asks("dan", "join room", of("room_id", 4711, "password", "wrong"));
      clients.hears("dan", "ack of join room");
    }
    clients.asks("dan", "join room", of("room_id", 4711, "password", "wrong"));
    clients.hears("dan", "ack of join room");
    clients.emits("dan", "join room", of("room_id", 4711, "password", "wrong"));
    clients.hears("dan", "chat error");
    for (int i = 0; i < 3; i++) {
      http.postJson(node1, "/api/auth/login", of("email", "no@example.org", "password", "no"));
    }
  }
}
