package io.letschat.bootstrap;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A wire between a client and the program that can be cut and mended. */
final class CuttableProxy implements AutoCloseable {
  private final ServerSocket server;
  private volatile URI target;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private volatile boolean cut;

  CuttableProxy(String target) throws IOException {
    this.target = URI.create(target);
    server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    threads.submit(this::accept);
  }

  String address() {
    return "http://localhost:" + server.getLocalPort();
  }

  /** All connections break, and new ones do too. */
  void cut() {
    cut = true;
    sockets.forEach(CuttableProxy::close);
  }

  void mend() {
    cut = false;
  }

  /** Connections from now on go to another place. */
  void leadTo(String address) {
    target = URI.create(address);
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket client = server.accept();
        if (cut) {
          close(client);
        } else {
          connect(client);
        }
      } catch (SocketException closed) {
        // The test is over, or the program is not there: the client sees a broken connection.
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private void connect(Socket client) throws IOException {
    var behind = new Socket(InetAddress.getLoopbackAddress(), target.getPort());
    sockets.add(client);
    sockets.add(behind);
    threads.submit(() -> pump(client, behind));
    threads.submit(() -> pump(behind, client));
  }

  private void pump(Socket from, Socket to) {
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      in.transferTo(out);
      to.shutdownOutput();
    } catch (IOException broken) {
      // Both ends are closed now, which is all there is to do.
    } finally {
      sockets.remove(from);
      sockets.remove(to);
    }
  }

  private static void close(Socket socket) {
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
    cut();
    threads.close();
  }
}
