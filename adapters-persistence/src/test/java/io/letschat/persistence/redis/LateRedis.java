package io.letschat.persistence.redis;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;

/** A way to Redis on which each answer takes a while. */
final class LateRedis implements AutoCloseable {
  private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final int redis;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private volatile long nanos;

  LateRedis(URI redis) throws IOException {
    this.redis = redis.getPort();
    threads.submit(() -> {
      while (true) {
        Socket client = server.accept();
        Socket behind = new Socket(InetAddress.getLoopbackAddress(), this.redis);
        open.add(client);
        open.add(behind);
        threads.submit(() -> pump(client, behind, false));
        threads.submit(() -> pump(behind, client, true));
      }
    });
  }

  URI address() {
    return URI.create("redis://127.0.0.1:" + server.getLocalPort());
  }

  void takes(long millis) {
    nanos = millis * 1_000_000;
  }

  private Void pump(Socket from, Socket to, boolean late) throws IOException {
    try (from;
        to) {
      InputStream in = from.getInputStream();
      byte[] some = new byte[8192];
      int read;
      while ((read = in.read(some)) > 0) {
        long end = System.nanoTime() + (late ? nanos : 0);
        while (System.nanoTime() < end) {
          LockSupport.parkNanos(end - System.nanoTime());
        }
        to.getOutputStream().write(some, 0, read);
      }
    }
    return null;
  }

  @Override
  public void close() throws IOException {
    server.close();
    for (Socket each : open) {
      each.close();
    }
    threads.shutdownNow();
  }
}
