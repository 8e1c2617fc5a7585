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
import okhttp3.Dispatcher;
import okhttp3.OkHttpClient;

/** Many clients of the library for Java. */
final class JavaCrowd implements ReturningClients {
  private final FaultyTcpProxy proxy;
  private final List<Socket> sockets = new ArrayList<>();

  private JavaCrowd(FaultyTcpProxy proxy) {
    this.proxy = proxy;
  }

  static JavaCrowd start(int port, String transport, List<String> tokens) throws IOException {
    var crowd = new JavaCrowd(new FaultyTcpProxy(port));
    OkHttpClient http = unlimited(tokens.size());
    for (String token : tokens) {
      var options =
          IO.Options.builder()
              .setForceNew(true)
              .setTransports(new String[] {transport})
              .setAuth(Map.of("token", token))
              .build();
      options.callFactory = http;
      options.webSocketFactory = http;
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

  /** Of itself the client's HTTP library makes 64 requests at a time, five of them to one host. */
  private static OkHttpClient unlimited(int clients) {
    var dispatcher = new Dispatcher();
    dispatcher.setMaxRequests(3 * clients);
    dispatcher.setMaxRequestsPerHost(3 * clients);
    return new OkHttpClient.Builder()
        .dispatcher(dispatcher)
        .readTimeout(Duration.ofMinutes(1))
        .build();
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
