package io.letschat.bootstrap;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** A way to Redis on which some of the published messages get lost, and nothing else. */
final class LossyRedis implements AutoCloseable {
  private static final byte[] MESSAGE = "$7\r\nmessage\r\n".getBytes(US_ASCII);

  private final ServerSocket server;
  private final int redisPort;
  private final Random random = new Random(7);
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final AtomicInteger lost = new AtomicInteger();
  private final AtomicInteger passed = new AtomicInteger();
  private volatile int percent;

  LossyRedis(int redisPort) throws IOException {
    this.redisPort = redisPort;
    server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    threads.submit(this::accept);
  }

  String url() {
    return "redis://127.0.0.1:" + server.getLocalPort();
  }

  /** From now on so many of a hundred are lost. */
  void loses(int percent) {
    this.percent = percent;
    lost.set(0);
    passed.set(0);
  }

  int lost() {
    return lost.get();
  }

  int passed() {
    return passed.get();
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket client = server.accept();
        Socket redis = new Socket(InetAddress.getLoopbackAddress(), redisPort);
        threads.submit(() -> pump(client, redis, InputStream::transferTo));
        threads.submit(() -> pump(redis, client, this::replies));
      } catch (SocketException closed) {
        // The test is over.
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private interface Way {
    void go(InputStream in, OutputStream out) throws IOException;
  }

  private static void pump(Socket from, Socket to, Way way) {
    try (from;
        to) {
      way.go(from.getInputStream(), to.getOutputStream());
    } catch (IOException ended) {
      // Both ends are closed now.
    }
  }

  private void replies(InputStream from, OutputStream to) throws IOException {
    var in = new BufferedInputStream(from);
    while (true) {
      var reply = new ByteArrayOutputStream();
      copyValue(in, reply);
      if (isMessage(reply.toByteArray()) && isLost()) {
        continue;
      }
      reply.writeTo(to);
      to.flush();
    }
  }

  private boolean isLost() {
    boolean loses;
    synchronized (random) {
      loses = random.nextInt(100) < percent;
    }
    (loses ? lost : passed).incrementAndGet();
    return loses;
  }

  /** An array or a push of three that begins with the word "message". */
  private static boolean isMessage(byte[] reply) {
    int header = 4;
    if (reply.length < header + MESSAGE.length || (reply[0] != '*' && reply[0] != '>')) {
      return false;
    }
    for (int i = 0; i < MESSAGE.length; i++) {
      if (reply[header + i] != MESSAGE[i]) {
        return false;
      }
    }
    return true;
  }

  private static void copyValue(InputStream in, ByteArrayOutputStream out) throws IOException {
    String line = copyLine(in, out);
    int size =
        switch (line.charAt(0)) {
          case '$', '=', '!', '*', '~', '>', '%' -> Integer.parseInt(line.substring(1));
          default -> 0;
        };
    switch (line.charAt(0)) {
      case '$', '=', '!' -> {
        if (size >= 0) {
          byte[] bytes = in.readNBytes(size + 2);
          out.writeBytes(bytes);
        }
      }
      case '*', '~', '>' -> copyValues(in, out, size);
      case '%' -> copyValues(in, out, 2 * size);
      default -> {}
    }
  }

  private static void copyValues(InputStream in, ByteArrayOutputStream out, int count)
      throws IOException {
    for (int i = 0; i < count; i++) {
      copyValue(in, out);
    }
  }

  private static String copyLine(InputStream in, ByteArrayOutputStream out) throws IOException {
    var line = new StringBuilder();
    int read;
    do {
      read = in.read();
      if (read < 0) {
        throw new EOFException();
      }
      out.write(read);
      line.append((char) read);
    } while (read != '\n');
    return line.substring(0, line.length() - 2);
  }

  @Override
  public void close() throws IOException {
    server.close();
    threads.shutdownNow();
  }
}
