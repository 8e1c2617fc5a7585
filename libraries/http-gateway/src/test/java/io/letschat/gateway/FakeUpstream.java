package io.letschat.gateway;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** A pages' server of raw sockets; a test says what it does with a request. */
public final class FakeUpstream implements AutoCloseable {
  /** Answers one request; whether the connection goes on. */
  public interface Behaviour {
    boolean answer(Call call) throws IOException, InterruptedException;
  }

  private final ServerSocket server;
  private final Behaviour behaviour;
  private final Thread acceptor;
  private final List<Socket> sockets = new java.util.concurrent.CopyOnWriteArrayList<>();

  /** The heads of the requests that came, in their order. */
  final BlockingQueue<Call> calls = new LinkedBlockingQueue<>();

  final AtomicInteger connections = new AtomicInteger();

  /** Connections that were ended from the other side or failed. */
  final AtomicInteger ended = new AtomicInteger();

  FakeUpstream(Behaviour behaviour) throws IOException {
    this.behaviour = behaviour;
    server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    acceptor = Thread.startVirtualThread(this::accept);
  }

  /** A request, and the connection it came over. */
  public record Call(
      String line, List<String> headers, Socket socket, InputStream in, OutputStream out) {
    public List<String> all(String name) {
      return new RawClient.Answer(0, headers, new byte[0]).all(name);
    }

    String header(String name) {
      return String.join("|", all(name));
    }

    String path() {
      return line.split(" ")[1];
    }

    byte[] body() throws IOException {
      if (header("expect").equals("100-continue")) {
        write("HTTP/1.1 100 Continue\r\n\r\n");
      }
      if (header("transfer-encoding").equals("chunked")) {
        return chunks();
      }
      var length = header("content-length");
      int expected = length.isEmpty() ? 0 : Integer.parseInt(length);
      var body = in.readNBytes(expected);
      if (body.length < expected) {
        throw new EOFException("the body was cut");
      }
      return body;
    }

    private byte[] chunks() throws IOException {
      var body = new ByteArrayOutputStream();
      int size;
      do {
        var line = readLine(in);
        if (line.isEmpty()) {
          throw new EOFException("the body was cut");
        }
        size = Integer.parseInt(line, 16);
        body.writeBytes(in.readNBytes(size));
        in.readNBytes(2);
      } while (size > 0);
      return body.toByteArray();
    }

    void write(String text) throws IOException {
      out.write(text.getBytes(StandardCharsets.ISO_8859_1));
      out.flush();
    }

    boolean ok(String body) throws IOException {
      write("HTTP/1.1 200 OK\r\nContent-Length: " + body.length() + "\r\n\r\n");
      if (!line.startsWith("HEAD")) {
        write(body);
      }
      return true;
    }
  }

  InetSocketAddress address() {
    return (InetSocketAddress) server.getLocalSocketAddress();
  }

  private void accept() {
    try {
      while (!server.isClosed()) {
        var socket = server.accept();
        connections.incrementAndGet();
        sockets.add(socket);
        Thread.startVirtualThread(() -> serve(socket));
      }
    } catch (IOException closed) {
      // the test is over
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      var in = new BufferedInputStream(socket.getInputStream());
      var out = socket.getOutputStream();
      boolean goOn = true;
      while (goOn) {
        var line = readLine(in);
        if (line.isEmpty()) {
          break;
        }
        var headers = new java.util.ArrayList<String>();
        for (var header = readLine(in); !header.isEmpty(); header = readLine(in)) {
          headers.add(header);
        }
        var call = new Call(line, headers, socket, in, out);
        calls.add(call);
        goOn = behaviour.answer(call);
      }
    } catch (IOException | InterruptedException e) {
      ended.incrementAndGet();
    }
  }

  private static String readLine(InputStream in) throws IOException {
    var line = new ByteArrayOutputStream();
    for (int b = in.read(); b >= 0 && b != '\n'; b = in.read()) {
      line.write(b);
    }
    return line.toString(StandardCharsets.ISO_8859_1).strip();
  }

  public static boolean echo(Call call) throws IOException {
    var body = new String(call.body(), StandardCharsets.ISO_8859_1);
    return call.ok(call.line().split(" ")[0].toLowerCase(Locale.ROOT) + " " + call.path() + body);
  }

  /** Closes the connections there are, as a server does that was idle for long. */
  void hangUp() throws IOException {
    for (Socket socket : sockets) {
      socket.close();
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
    try {
      // Until it has noticed, the kernel still takes connections.
      acceptor.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    hangUp();
  }
}
