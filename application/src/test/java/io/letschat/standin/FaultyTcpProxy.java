package io.letschat.standin;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.LockSupport;

/**
 * The way to a service on this machine. It can be cut; it can go silent, so that what is on it
 * arrives when it is heard again; it can become slow; and it can lead elsewhere.
 */
public class FaultyTcpProxy implements AutoCloseable {
  private static final int CHUNK = 8192;
  private static final long LOOK_EVERY_NANOS = 1_000_000;

  /** What arrives at the other end, and when. */
  private record Due(byte[] bytes, long atNanos) {}

  private final ServerSocket server;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private volatile int target;
  private volatile boolean cut;
  private volatile boolean silent;
  private volatile long delayNanos;

  /**
   * @param target the port of the service
   */
  public FaultyTcpProxy(int target) throws IOException {
    this.target = target;
    server = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
    threads.submit(this::accept);
  }

  /** Where it begins, on the loopback address. */
  public int port() {
    return server.getLocalPort();
  }

  /** All connections break, and new ones do too. */
  public void cut() {
    cut = true;
    breakConnections();
  }

  public void breakConnections() {
    sockets.forEach(FaultyTcpProxy::reset);
  }

  /** Connections stay, new ones are made, and nothing gets through. */
  public void fallSilent() {
    silent = true;
  }

  /** Every answer takes so much longer. */
  public void slowDown(Duration delay) {
    delayNanos = delay.toNanos();
  }

  /** To the service on this port from now on; what is connected breaks. */
  public void leadTo(int port) {
    target = port;
    breakConnections();
  }

  /** As if nothing had been wrong; where it leads stays. */
  public void mend() {
    cut = false;
    silent = false;
    delayNanos = 0;
  }

  /** One piece of what the service says; of length 0 to say nothing instead, empty at the end. */
  protected Optional<byte[]> piece(InputStream answers) throws IOException {
    byte[] bytes = new byte[CHUNK];
    int count = answers.read(bytes);
    return count < 0 ? Optional.empty() : Optional.of(Arrays.copyOf(bytes, count));
  }

  /** What the answers of one connection are read with. */
  protected InputStream answersOf(InputStream in) {
    return in;
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket client = server.accept();
        if (cut) {
          reset(client);
        } else {
          threads.submit(() -> connect(client));
        }
      } catch (IOException closed) {
        // The test is over, or the next one is accepted.
      }
    }
  }

  private void connect(Socket client) {
    try {
      int destination = target;
      var service = new Socket(InetAddress.getLoopbackAddress(), destination);
      client.setTcpNoDelay(true);
      service.setTcpNoDelay(true);
      sockets.add(client);
      sockets.add(service);
      if (cut || server.isClosed() || destination != target) {
        // Whoever broke the connections meanwhile did not see this one.
        reset(client);
        reset(service);
      }
      threads.submit(() -> questions(client, service));
      threads.submit(() -> answers(service, client));
    } catch (IOException serviceIsGone) {
      reset(client);
    }
  }

  private void questions(Socket client, Socket service) {
    try (client;
        service) {
      InputStream in = client.getInputStream();
      OutputStream out = service.getOutputStream();
      byte[] bytes = new byte[CHUNK];
      for (int count = in.read(bytes); count >= 0; count = in.read(bytes)) {
        awaitVoice();
        out.write(bytes, 0, count);
      }
    } catch (IOException broken) {
      // Both ends are closed now, which is all there is to do.
    } finally {
      sockets.remove(client);
      sockets.remove(service);
    }
  }

  private void answers(Socket service, Socket client) {
    BlockingQueue<Due> line = new LinkedBlockingQueue<>();
    threads.submit(() -> deliver(line, client));
    try (service) {
      InputStream in = answersOf(service.getInputStream());
      for (Optional<byte[]> piece = piece(in); piece.isPresent(); piece = piece(in)) {
        line.add(new Due(piece.get(), System.nanoTime() + delayNanos));
      }
    } catch (IOException broken) {
      // As above.
    } finally {
      line.add(new Due(new byte[0], Long.MIN_VALUE));
    }
  }

  private void deliver(BlockingQueue<Due> line, Socket client) {
    try (client) {
      OutputStream out = client.getOutputStream();
      for (Due due = line.take(); due.atNanos != Long.MIN_VALUE; due = line.take()) {
        LockSupport.parkNanos(due.atNanos - System.nanoTime());
        awaitVoice();
        out.write(due.bytes);
      }
    } catch (IOException broken) {
      // As above.
    } catch (InterruptedException over) {
      Thread.currentThread().interrupt();
    }
  }

  private void awaitVoice() {
    while (silent && !server.isClosed()) {
      LockSupport.parkNanos(LOOK_EVERY_NANOS);
    }
  }

  private static void reset(Socket socket) {
    try {
      socket.setSoLinger(true, 0);
      socket.close();
    } catch (IOException closedAlready) {
      // That is what was wanted.
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
    breakConnections();
    threads.shutdownNow();
  }
}
