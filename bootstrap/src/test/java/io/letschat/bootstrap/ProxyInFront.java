package io.letschat.bootstrap;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A proxy that may not know WebSockets. What a connection carries is decided by its first request,
 * since browsers open a connection of its own for each WebSocket.
 */
final class ProxyInFront implements AutoCloseable {
  /** Requests for a WebSocket get through. */
  static final int PASS = 0;

  /** Requests for a WebSocket are never answered. */
  static final int SWALLOW = -1;

  private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private final int target;

  /**
   * {@link #PASS}, {@link #SWALLOW}, or the status with which requests for a WebSocket are
   * answered.
   */
  volatile int webSockets = PASS;

  /**
   * @param target the port of the service
   */
  ProxyInFront(int target) throws IOException {
    this.target = target;
    threads.submit(this::accept);
  }

  int port() {
    return server.getLocalPort();
  }

  void breakConnections() {
    sockets.forEach(ProxyInFront::close);
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket client = server.accept();
        sockets.add(client);
        threads.submit(() -> serve(client));
      } catch (IOException closed) {
        // The test is over.
      }
    }
  }

  private void serve(Socket client) {
    try (client) {
      InputStream in = client.getInputStream();
      byte[] first = new byte[16 * 1024];
      int length = 0;
      String head = "";
      while (!head.contains("\r\n\r\n")) {
        int count = in.read(first, length, first.length - length);
        if (count < 0) {
          return;
        }
        length += count;
        head = new String(first, 0, length, StandardCharsets.ISO_8859_1);
      }
      int answer = webSockets;
      if (answer == PASS || !head.toLowerCase(Locale.ROOT).contains("\r\nupgrade: websocket")) {
        tunnel(client, first, length);
      } else if (answer == SWALLOW) {
        in.transferTo(OutputStream.nullOutputStream());
      } else {
        String response = "HTTP/1.1 %d As it is\r\nContent-Length: 0\r\n\r\n".formatted(answer);
        client.getOutputStream().write(response.getBytes(StandardCharsets.ISO_8859_1));
      }
    } catch (IOException broken) {
      // That is what proxies do.
    } finally {
      sockets.remove(client);
    }
  }

  private void tunnel(Socket client, byte[] first, int length) throws IOException {
    try (var service = new Socket(InetAddress.getLoopbackAddress(), target)) {
      service.getOutputStream().write(first, 0, length);
      threads.submit(() -> {
        try (client) {
          service.getInputStream().transferTo(client.getOutputStream());
        }
        return null;
      });
      client.getInputStream().transferTo(service.getOutputStream());
    }
  }

  private static void close(Socket socket) {
    try {
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
