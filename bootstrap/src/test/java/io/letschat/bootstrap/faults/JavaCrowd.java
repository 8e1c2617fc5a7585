package io.letschat.bootstrap.faults;

import io.letschat.bootstrap.AwaitInProgram;
import io.letschat.standin.FaultyTcpProxy;
import io.socket.client.IO;
import io.socket.client.Socket;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Many clients of the library for Java. */
final class JavaCrowd implements ReturningClients {
  private final FaultyTcpProxy proxy;
  private final List<Socket> sockets = new ArrayList<>();

  private JavaCrowd(FaultyTcpProxy proxy) {
    this.proxy = proxy;
  }

  static JavaCrowd start(int port, String transport, List<String> tokens) throws IOException {
    var crowd = new JavaCrowd(new FaultyTcpProxy(port));
    for (String token : tokens) {
      var options =
          IO.Options.builder()
              .setForceNew(true)
              .setTransports(new String[] {transport})
              .setAuth(Map.of("token", token))
              .build();
      Socket socket = IO.socket(URI.create("http://127.0.0.1:" + crowd.proxy.port()), options);
      crowd.sockets.add(socket);
      socket.connect();
    }
    AwaitInProgram.until(
        Duration.ofMinutes(5),
        () -> crowd.connected() == tokens.size(),
        () -> "only " + crowd.connected() + " are connected");
    return crowd;
  }

  @Override
  public int size() {
    return sockets.size();
  }

  @Override
  public int connected() {
    return (int) sockets.stream().filter(Socket::connected).count();
  }

  @Override
  public void loseAll() {
    proxy.breakConnections();
  }

  @Override
  public List<String> toldFinally() {
    return List.of();
  }

  @Override
  public void close() {
    sockets.forEach(Socket::close);
    try {
      proxy.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
