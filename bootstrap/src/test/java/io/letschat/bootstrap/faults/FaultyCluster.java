package io.letschat.bootstrap.faults;

import io.letschat.bootstrap.ChatProcess;
import io.letschat.bootstrap.FaultyMain;
import io.letschat.bootstrap.PreparedData;
import io.letschat.embeddedpostgres.EmbeddedPostgres;
import io.letschat.embeddedpostgres.PostgresAddress;
import io.letschat.persistence.postgres.embedded.EmbeddedDatabase;
import io.letschat.standin.FaultyTcpProxy;
import io.letschat.standin.RedisServer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Nodes as processes of their own, real PostgreSQL and Redis, and between each node and each of the
 * two a way on which anything can happen.
 */
final class FaultyCluster implements AutoCloseable {
  private static final String JWT_SECRET = "a secret of the nodes together, long enough";
  private static final String SESSION_SECRET = "another secret of the nodes together";

  /** One node, and its ways. */
  record Node(ChatProcess process, FaultyRedisProxy redis, FaultyTcpProxy postgres) {}

  private final Path folder;
  private final EmbeddedPostgres postgres;
  private final RedisServer redis;
  private final LoadPeople loadPeople;
  private final List<Node> nodes = new ArrayList<>();
  private final EventLoopGroup loops =
      new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());

  private FaultyCluster(Path folder, Path data) throws IOException {
    this.folder = folder;
    redis = RedisServer.start(Files.createDirectories(folder.resolve("redis")));
    postgres = EmbeddedDatabase.start(PreparedData.at(data));
    loadPeople = new LoadPeople(postgres.address(), JWT_SECRET, SESSION_SECRET);
  }

  static FaultyCluster start(Path folder, int nodes) throws IOException {
    return start(folder, folder.resolve("data"), nodes);
  }

  /**
   * @param data where PostgreSQL keeps what it has
   */
  static FaultyCluster start(Path folder, Path data, int nodes) throws IOException {
    var cluster = new FaultyCluster(folder, data);
    try {
      // The first one makes the tables; the others start side by side.
      cluster.launch();
      cluster.node(0).process().awaitAddress();
      while (cluster.nodes.size() < nodes) {
        cluster.launch();
      }
      cluster.nodes.forEach(node -> node.process().awaitAddress());
      return cluster;
    } catch (IOException | RuntimeException | AssertionError e) {
      cluster.close();
      throw e;
    }
  }

  private void launch() throws IOException {
    PostgresAddress address = postgres.address();
    URI jdbc = URI.create(address.jdbcUrl().substring("jdbc:".length()));
    var toRedis = new FaultyRedisProxy(redis.port());
    var toPostgres = new FaultyTcpProxy(jdbc.getPort());
    Map<String, String> settings = new HashMap<>();
    settings.put(
        "DATABASE_URL",
        "jdbc:postgresql://127.0.0.1:%d%s?user=%s&password=%s"
            .formatted(toPostgres.port(), jdbc.getPath(), address.user(), address.password()));
    settings.put("REDIS_URL", toRedis.url());
    settings.put("JWT_SECRET", JWT_SECRET);
    settings.put("SESSION_SECRET", SESSION_SECRET);
    // Counted in Redis, as in production, but nobody comes near them.
    for (String limit : List.of("REGISTER", "MESSAGE", "GENERAL", "READ")) {
      settings.put("RATE_LIMIT_" + limit, "1000000/15m");
    }
    settings.put("SHUTDOWN_SPREAD", Integer.toString(Form.of(0, 10)));
    Path home = Files.createDirectory(folder.resolve("node-" + nodes.size()));
    nodes.add(
        new Node(ChatProcess.starting(home, settings, FaultyMain.class), toRedis, toPostgres));
  }

  List<Node> nodes() {
    return nodes;
  }

  Node node(int number) {
    return nodes.get(number);
  }

  String address(int number) {
    return nodes.get(number).process().address();
  }

  void eachRedis(Consumer<FaultyRedisProxy> change) {
    nodes.forEach(node -> change.accept(node.redis()));
  }

  void eachPostgres(Consumer<FaultyTcpProxy> change) {
    nodes.forEach(node -> change.accept(node.postgres()));
  }

  RedisServer redis() {
    return redis;
  }

  EmbeddedPostgres postgres() {
    return postgres;
  }

  LoadPeople people() {
    return loadPeople;
  }

  EventLoopGroup loops() {
    return loops;
  }

  Path folder() {
    return folder;
  }

  @Override
  public void close() {
    for (Node node : nodes) {
      node.redis().mend();
      node.postgres().mend();
      node.process().close();
    }
    loops.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly();
    loadPeople.close();
    postgres.close();
    redis.close();
    for (Node node : nodes) {
      try (FaultyTcpProxy _ = node.redis();
          FaultyTcpProxy _ = node.postgres()) {
        continue;
      } catch (IOException closedAlready) {
        continue;
      }
    }
  }
}
