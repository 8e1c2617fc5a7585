package io.letschat.socketio.clients;

import static org.assertj.core.api.Assertions.assertThat;

import io.socket.client.Ack;
import io.socket.client.IO;
import io.socket.client.Manager;
import io.socket.client.Socket;
import io.socket.engineio.client.Transport;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.json.JSONArray;
import org.json.JSONObject;

/** The features of {@code features.js}, tried with the official client for Java. */
final class JavaClient {
  @FunctionalInterface
  private interface Attempt {
    void make() throws Exception;
  }

  private final String url;
  private final List<String> transports;
  private final List<Socket> open = new ArrayList<>();
  private final Map<String, Attempt> features = new LinkedHashMap<>();

  JavaClient(String url, List<String> transports) {
    this.url = url;
    this.transports = transports;
    features.put("connect", this::connect);
    features.put("auth", this::auth);
    features.put("refused auth", this::refusedAuth);
    features.put("events", this::events);
    features.put("acks", this::acks);
    features.put("binary", this::binary);
    features.put("binary in rooms", this::binaryInRooms);
    features.put("200 KB", this::large);
    features.put("unicode", this::unicode);
    features.put("bursts", this::bursts);
    features.put("two namespaces", this::twoNamespaces);
    features.put("unknown namespace", this::unknownNamespace);
    features.put("kick", this::kick);
    features.put("reconnect", this::reconnect);
    features.put("restart", this::restart);
  }

  /** For each feature "ok", or what went wrong. */
  Map<String, String> tryAll() {
    Map<String, String> answers = new LinkedHashMap<>();
    features.forEach((feature, attempt) -> {
      String answer = "ok";
      try {
        attempt.make();
      } catch (Exception | AssertionError e) {
        answer = e + " at " + where(e);
      }
      answers.put(feature, answer);
      open.forEach(Socket::disconnect);
      open.clear();
    });
    return answers;
  }

  private static String where(Throwable problem) {
    return Stream.of(problem.getStackTrace())
        .map(StackTraceElement::toString)
        .filter(frame -> frame.contains("JavaClient.") && !frame.contains("JavaClient.next"))
        .findFirst()
        .orElse("");
  }

  // ---- what features are made of

  private IO.Options options() {
    IO.Options options = new IO.Options();
    options.forceNew = true;
    options.transports = transports.toArray(String[]::new);
    options.reconnectionDelay = 50;
    options.reconnectionDelayMax = 200;
    options.randomizationFactor = 0;
    return options;
  }

  private Socket made(IO.Options options, String path) {
    Socket socket = IO.socket(URI.create(url + path), options);
    open.add(socket);
    return socket;
  }

  private static BlockingQueue<Object[]> hearing(Socket socket, String event) {
    BlockingQueue<Object[]> heard = new LinkedBlockingQueue<>();
    socket.on(event, heard::add);
    return heard;
  }

  private static Object[] next(BlockingQueue<Object[]> heard) throws InterruptedException {
    Object[] args = heard.poll(30, TimeUnit.SECONDS);
    assertThat(args).as("what should have come in time").isNotNull();
    return args;
  }

  private Socket connected() throws InterruptedException {
    return connected(made(options(), "/"));
  }

  private static Socket connected(Socket socket) throws InterruptedException {
    BlockingQueue<Object[]> connect = hearing(socket, Socket.EVENT_CONNECT);
    socket.connect();
    next(connect);
    return socket;
  }

  private static Object[] asked(Socket socket, String event, Object... args)
      throws InterruptedException {
    BlockingQueue<Object[]> heard = new LinkedBlockingQueue<>();
    socket.emit(event, args, heard::add);
    return next(heard);
  }

  private static String refusal(Socket socket) throws Exception {
    BlockingQueue<Object[]> refused = hearing(socket, Socket.EVENT_CONNECT_ERROR);
    socket.connect();
    return ((JSONObject) next(refused)[0]).getString("message");
  }

  private static byte[] sample(int length) {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) (i * 31);
    }
    return bytes;
  }

  // ---- the features

  /**
   * Unlike those of npm this client does not tell which transport it is on: the server is asked.
   */
  private void connect() throws InterruptedException {
    Socket socket = made(options(), "/");
    BlockingQueue<Object> opened = new LinkedBlockingQueue<>();
    socket
        .io()
        .on(
            Manager.EVENT_TRANSPORT,
            transport ->
                ((Transport) transport[0])
                    .on(Transport.EVENT_OPEN, none -> opened.add(((Transport) transport[0]).name)));
    connected(socket);
    for (String transport : transports) {
      assertThat(opened.poll(30, TimeUnit.SECONDS)).isEqualTo(transport);
    }
    assertThat(asked(socket, "answer", 1)).containsExactly(1);
  }

  private void auth() throws InterruptedException {
    IO.Options options = options();
    options.auth = Map.of("token", "sesame");
    assertThat(asked(connected(made(options, "/")), "who")).containsExactly("sesame");
  }

  private void refusedAuth() throws Exception {
    IO.Options options = options();
    options.auth = Map.of("token", "wrong");
    Socket socket = made(options, "/");
    assertThat(refusal(socket)).isEqualTo("unauthorized");
    assertThat(socket.connected()).isFalse();
  }

  private void events() throws Exception {
    Socket socket = connected();
    BlockingQueue<Object[]> echoed = hearing(socket, "echoed");
    JSONObject object = new JSONObject("{\"three\":[3,null,true]}");
    socket.emit("echo", 1, "two", object, new JSONArray());
    Object[] args = next(echoed);
    assertThat(args).hasSize(4).startsWith(1, "two");
    assertThat(args[2]).hasToString(object.toString());
    assertThat(args[3]).hasToString("[]");
  }

  private void acks() throws Exception {
    Socket socket = connected();
    assertThat(asked(socket, "answer", "a", 2)).containsExactly("a", 2);
    assertThat(asked(socket, "answer")).isEmpty();
    socket.on("question", args -> ((Ack) args[2]).call(args[1], args[0], "third"));
    assertThat(asked(socket, "ask", "one", 2)).containsExactly(2, "one", "third");
  }

  private void binary() throws Exception {
    Socket socket = connected();
    BlockingQueue<Object[]> echoed = hearing(socket, "echoed");
    socket.emit("echo", "before", sample(1000), new JSONObject().put("deep", new byte[] {1, 2}));
    Object[] args = next(echoed);
    assertThat(args).hasSize(3);
    assertThat((byte[]) args[1]).isEqualTo(sample(1000));
    assertThat((byte[]) ((JSONObject) args[2]).get("deep")).containsExactly(1, 2);
    assertThat((byte[]) asked(socket, "answer", 1, sample(10))[1]).isEqualTo(sample(10));
    socket.on("question", question -> ((Ack) question[2]).call(question[1], question[0]));
    Object[] answers = asked(socket, "ask", new byte[] {7, 8}, new byte[0]);
    assertThat((byte[]) answers[0]).isEmpty();
    assertThat((byte[]) answers[1]).containsExactly(7, 8);
  }

  private void binaryInRooms() throws InterruptedException {
    Socket stranger = connected();
    BlockingQueue<Object[]> strange = hearing(stranger, "room");
    List<BlockingQueue<Object[]>> rooms = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      Socket member = connected();
      rooms.add(hearing(member, "room"));
      asked(member, "join", "room");
    }
    stranger.emit("to room", "room", "text", sample(300));
    for (BlockingQueue<Object[]> room : rooms) {
      Object[] args = next(room);
      assertThat(args[0]).isEqualTo("text");
      assertThat((byte[]) args[1]).isEqualTo(sample(300));
    }
    asked(stranger, "answer");
    assertThat(strange).isEmpty();
  }

  private void large() throws InterruptedException {
    Socket socket = connected();
    String text = "0123456789".repeat(20_000);
    assertThat(text.equals(asked(socket, "answer", text)[0])).isTrue();
    assertThat((byte[]) asked(socket, "answer", sample(200_000))[0]).isEqualTo(sample(200_000));
  }

  private void unicode() throws InterruptedException {
    Socket socket = connected();
    String text = "😀👩‍👩‍👧\u2028\u2029\u001e\u0000\u001fé中ß\u00a0\"\\\n";
    assertThat(text.getBytes(StandardCharsets.UTF_8)).hasSizeGreaterThan(text.length());
    assertThat(asked(socket, "answer", text, "\u001e")).containsExactly(text, "\u001e");
    BlockingQueue<Object[]> echoed = hearing(socket, "echoed");
    socket.emit("echo", text);
    assertThat(next(echoed)).containsExactly(text);
  }

  private void bursts() throws InterruptedException {
    Socket socket = connected();
    BlockingQueue<Object[]> echoed = hearing(socket, "echoed");
    for (int i = 0; i < 1000; i++) {
      socket.emit("echo", i);
    }
    for (int i = 0; i < 1000; i++) {
      assertThat(next(echoed)).containsExactly(i);
    }
  }

  private void twoNamespaces() throws InterruptedException {
    Manager manager = new Manager(URI.create(url), options());
    Socket main = manager.socket("/");
    Socket custom = manager.socket("/custom");
    open.addAll(List.of(main, custom));
    connected(main);
    connected(custom);
    assertThat(asked(main, "namespace")).containsExactly("");
    assertThat(asked(custom, "namespace")).containsExactly("/custom");
    custom.disconnect();
    assertThat(asked(main, "answer", "still")).containsExactly("still");
  }

  private void unknownNamespace() throws Exception {
    assertThat(refusal(made(options(), "/unknown"))).isEqualTo("Invalid namespace");
  }

  private void kick() throws InterruptedException {
    Socket socket = connected();
    BlockingQueue<Object[]> gone = hearing(socket, Socket.EVENT_DISCONNECT);
    BlockingQueue<Object[]> back = hearing(socket, Socket.EVENT_CONNECT);
    socket.emit("kick");
    assertThat(next(gone)[0]).isEqualTo("io server disconnect");
    assertThat(back.poll(200, TimeUnit.MILLISECONDS)).isNull();
  }

  private void reconnect() throws InterruptedException {
    Socket socket = connected();
    String before = socket.id();
    BlockingQueue<Object[]> gone = hearing(socket, Socket.EVENT_DISCONNECT);
    socket.disconnect();
    assertThat(next(gone)[0]).isEqualTo("io client disconnect");
    connected(socket);
    assertThat(socket.id()).isNotEqualTo(before);
    assertThat(asked(socket, "answer", 1)).containsExactly(1);
  }

  private void restart() throws InterruptedException {
    Socket socket = connected();
    Socket idle = connected();
    List<BlockingQueue<Object[]>> gone =
        List.of(hearing(socket, Socket.EVENT_DISCONNECT), hearing(idle, Socket.EVENT_DISCONNECT));
    List<BlockingQueue<Object[]>> back =
        List.of(hearing(socket, Socket.EVENT_CONNECT), hearing(idle, Socket.EVENT_CONNECT));
    socket.emit("restart");
    for (BlockingQueue<Object[]> one : gone) {
      assertThat(next(one)[0]).isIn("transport close", "transport error");
    }
    for (BlockingQueue<Object[]> one : back) {
      next(one);
    }
    assertThat(asked(socket, "answer", 1)).containsExactly(1);
    assertThat(asked(idle, "answer", 2)).containsExactly(2);
  }
}
