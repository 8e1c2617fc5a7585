package io.letschat.bootstrap.faults;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.letschat.bootstrap.NodePackages;
import io.letschat.bootstrap.Visitor;
import io.letschat.embeddedpostgres.PostgresAddress;
import io.letschat.standin.FaultyTcpProxy;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;

/** Node's socket.io, with a look-up for each client that connects, from a pool of ten. */
final class NodePeer implements RestartableServer, AutoCloseable {
  private final Path home;
  private final FaultyTcpProxy postgres;
  private final String database;
  private Process process;
  private int port;

  private NodePeer(Path home, PostgresAddress address) throws IOException {
    this.home = home;
    URI jdbc = URI.create(address.jdbcUrl().substring("jdbc:".length()));
    postgres = new FaultyTcpProxy(jdbc.getPort());
    database =
        "postgresql://%s:%s@127.0.0.1:%d%s"
            .formatted(address.user(), address.password(), postgres.port(), jdbc.getPath());
    process = launch();
  }

  static NodePeer start(Path folder, FaultyCluster cluster) throws Exception {
    Path home =
        NodePackages.installed(
            folder, NodePackages.SERVERS, List.of(NodePackages.SERVERS.resolve("peer.js")));
    return new NodePeer(home, cluster.postgres().address());
  }

  private Process launch() throws IOException {
    Process launched =
        new ProcessBuilder("node", "peer.js", Integer.toString(port), database)
            .directory(home.toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String line = launched.inputReader(UTF_8).readLine();
    port = URI.create(Visitor.JSON.readTree(line).get("address").asText()).getPort();
    return launched;
  }

  @Override
  public String name() {
    return "Node";
  }

  @Override
  public int port() {
    return port;
  }

  @Override
  public FaultyTcpProxy postgres() {
    return postgres;
  }

  @Override
  public void kill() {
    process.destroyForcibly().onExit().join();
  }

  @Override
  public void stop() {
    process.destroy();
    process.onExit().join();
  }

  @Override
  public void startAgain() throws IOException {
    process = launch();
  }

  @Override
  public void close() throws IOException {
    kill();
    postgres.close();
  }
}
