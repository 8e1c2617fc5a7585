package io.letschat.benchmarks;

import com.corundumstudio.socketio.SocketIOServer;
import com.sun.management.OperatingSystemMXBean;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A server in a process of its own, which ends with its input, and what is asked of it. */
final class MeasuredServer implements AutoCloseable {
  private final Process process;
  private final BufferedReader out;
  private final int port;

  MeasuredServer(Contender contender) throws IOException {
    port = freePort();
    process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xms256m",
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                MeasuredServer.class.getName(),
                contender.name(),
                Integer.toString(port))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    out = process.inputReader(StandardCharsets.UTF_8);
    ask("clients");
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  int port() {
    return port;
  }

  /** Sends a chat message to all, so many times. Returns when the library has taken them all. */
  void broadcast(int messages) {
    ask("broadcast " + messages);
  }

  /** Processor time of the whole process so far, in nanoseconds. */
  long cpuNanos() {
    return ask("cpu");
  }

  /** Bytes of heap in use after a collection. */
  long heapBytes() {
    return ask("heap");
  }

  long clients() {
    return ask("clients");
  }

  private long ask(String line) {
    try {
      process.outputWriter().write(line + "\n");
      process.outputWriter().flush();
      String answer = out.readLine();
      if (answer == null) {
        throw new IOException("the server is gone");
      }
      return Long.parseLong(answer);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    process.outputWriter().close();
    try {
      process.waitFor(5, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    process.destroyForcibly();
  }

  // ---- in the process

  /** Takes the contender's name and the port. */
  public static void main(String[] args) throws IOException {
    SocketIOServer server = Contender.valueOf(args[0]).start(Integer.parseInt(args[1]));
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    String line;
    while ((line = in.readLine()) != null) {
      String[] words = line.split(" ", 2);
      System.out.println(
          switch (words[0]) {
            case "broadcast" -> broadcastNow(server, Integer.parseInt(words[1]));
            case "cpu" -> cpuNow();
            case "heap" -> heapNow();
            default -> server.getAllClients().size();
          });
    }
    System.exit(0);
  }

  private static long broadcastNow(SocketIOServer server, int messages) {
    for (int i = 0; i < messages; i++) {
      server.getBroadcastOperations().sendEvent("new message", message(i));
    }
    return messages;
  }

  /** As large and as deep as a message of the chat. */
  private static Map<String, Object> message(int seq) {
    Map<String, Object> message = new LinkedHashMap<>();
    message.put("id", 1_000_000 + seq);
    message.put("room_id", 7);
    message.put("seq", seq);
    message.put("user_id", 42);
    message.put("username", "somebody");
    message.put("content", "A sentence that somebody might well write in a room like this one.");
    message.put("message_type", "text");
    message.put("client_message_id", "0f8fad5b-d9cb-469f-a165-70867728950e");
    message.put("created_at", "2026-11-22T12:34:56.789Z");
    return message;
  }

  private static long cpuNow() {
    return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }

  private static long heapNow() {
    for (int i = 0; i < 3; i++) {
      System.gc();
    }
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }
}
