package io.letschat.socketio;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import com.corundumstudio.socketio.Configuration;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.letschat.engineio.EngineRejectReason;
import io.letschat.engineio.EngineSettings;
import io.letschat.engineio.RejectReason;
import io.letschat.engineio.RejectionListener;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufAllocatorMetricProvider;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.LoggerFactory;

/**
 * A server in a process of its own, with little memory, that tells how it is. Its input is lines:
 * {@code state}, and {@code broadcast COUNT SIZE}, which goes on as fast as a client that sends
 * {@code heard} for every tenth; each is answered by a line. It ends with its input.
 */
final class AttackedServer implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** How the server is, in bytes and numbers, and what its log says above debug. */
  record State(
      int sessions,
      int addresses,
      int connections,
      int clients,
      long heap,
      long direct,
      Map<String, Long> refused,
      List<String> log) {
    boolean isEmpty() {
      return sessions == 0 && addresses == 0 && connections == 0 && clients == 0;
    }
  }

  private final Process process;
  private final BufferedReader out;
  private final int port;

  AttackedServer() throws IOException {
    process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx96m",
                "-XX:MaxDirectMemorySize=96m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:+ExitOnOutOfMemoryError",
                "-cp",
                System.getProperty("java.class.path"),
                AttackedServer.class.getName())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    out = process.inputReader();
    port = Integer.parseInt(out.readLine());
  }

  int port() {
    return port;
  }

  synchronized State state() throws IOException {
    return JSON.treeToValue(ask("state"), State.class);
  }

  /** Returns once the last one was sent. */
  synchronized void broadcast(int count, int size) throws IOException {
    ask("broadcast " + count + " " + size);
  }

  private JsonNode ask(String line) throws IOException {
    process.outputWriter().write(line + "\n");
    process.outputWriter().flush();
    String answer = out.readLine();
    if (answer == null) {
      throw new IOException("the server is gone");
    }
    return JSON.readTree(answer);
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

  public static void main(String[] args) throws Exception {
    Queue<String> log = new ConcurrentLinkedQueue<>();
    Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    root.detachAndStopAllAppenders();
    AppenderBase<ILoggingEvent> keep =
        new AppenderBase<>() {
          @Override
          protected void append(ILoggingEvent event) {
            boolean loud = event.getLevel().isGreaterOrEqual(Level.WARN);
            boolean exception = event.getThrowableProxy() != null;
            if (loud || exception && event.getLevel().isGreaterOrEqual(Level.INFO)) {
              log.add(event.getLevel() + " " + event.getFormattedMessage());
            }
          }
        };
    keep.start();
    root.addAppender(keep);
    Map<String, AtomicLong> rejected = new ConcurrentHashMap<>();
    for (RejectReason reason : EngineRejectReason.values()) {
      rejected.put(reason.toString(), new AtomicLong());
    }
    Semaphore heard = new Semaphore(0);
    ConformantSocketIOServer server =
        server(
            reason ->
                rejected
                    .computeIfAbsent(reason.toString(), each -> new AtomicLong())
                    .incrementAndGet(),
            heard::release);
    System.out.println(server.port());
    BufferedReader in = new BufferedReader(new InputStreamReader(System.in));
    String line;
    while ((line = in.readLine()) != null) {
      String[] words = line.split(" ");
      if (words[0].equals("broadcast")) {
        broadcast(server, Integer.parseInt(words[1]), Integer.parseInt(words[2]), heard);
        System.out.println("true");
      } else {
        System.out.println(JSON.writeValueAsString(stateOf(server, rejected, log)));
      }
    }
    System.exit(0);
  }

  private static ConformantSocketIOServer server(
      RejectionListener rejectionListener, Runnable heard) {
    Configuration configuration = new Configuration();
    configuration.setHostname("127.0.0.1");
    configuration.setPort(0);
    configuration.setWorkerThreads(2);
    configuration.getSocketConfig().setAcceptBackLog(1024);
    ConformantSocketIOServer server =
        new ConformantSocketIOServer(
            configuration,
            new SocketIoSettings.Builder()
                .connectTimeout(Duration.ofSeconds(15))
                .engine(
                    new EngineSettings.Builder()
                        .heartbeat(Duration.ofSeconds(1), Duration.ofSeconds(3))
                        .bodyTimeout(Duration.ofSeconds(2))
                        .rejections(rejectionListener)
                        .build())
                .build());
    server.addEventListener("heard", Object.class, (client, none, ack) -> heard.run());
    server.addEventListener("ask", Object.class, (client, what, ack) -> ack.sendAckData(what));
    server.start();
    return server;
  }

  private static void broadcast(
      ConformantSocketIOServer server, int count, int size, Semaphore heard) throws Exception {
    String text = "x".repeat(size);
    heard.drainPermits();
    heard.release(2);
    for (int i = 0; i < count; i++) {
      if (i % 10 == 0 && !heard.tryAcquire(20, TimeUnit.SECONDS)) {
        return;
      }
      server.getBroadcastOperations().sendEvent("news", i, text);
    }
  }

  private static Map<String, Object> stateOf(
      ConformantSocketIOServer server, Map<String, AtomicLong> rejected, Queue<String> log) {
    System.gc();
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    Map<String, Object> state = new LinkedHashMap<>();
    state.put("sessions", server.engine().sessionCount());
    state.put("addresses", server.engine().addressCount());
    state.put("connections", server.connectionCount());
    state.put("clients", server.getAllClients().size());
    state.put("heap", runtime.totalMemory() - runtime.freeMemory());
    state.put(
        "direct",
        ((ByteBufAllocatorMetricProvider) ByteBufAllocator.DEFAULT).metric().usedDirectMemory());
    state.put("refused", rejected);
    state.put("log", List.copyOf(log));
    return state;
  }
}
