package io.letschat.bootstrap;

import io.letschat.embeddedpostgres.EmbeddedPostgres;
import io.letschat.persistence.postgres.embedded.EmbeddedDatabase;
import io.letschat.standin.RedisServer;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Several nodes as processes, with one PostgreSQL and one Redis. */
final class TestCluster implements AutoCloseable {
  private final Path folder;
  private final RedisServer redis;
  private final EmbeddedPostgres postgres;
  private final Map<String, String> common;
  private final List<ChatProcess> nodes = new ArrayList<>();

  private TestCluster(
      Path folder, Map<String, String> common, RedisServer redis, EmbeddedPostgres postgres) {
    this.folder = folder;
    this.common = common;
    this.redis = redis;
    this.postgres = postgres;
  }

  static TestCluster start(Path folder, int nodes) throws IOException {
    return start(folder, nodes, Map.of());
  }

  /**
   * @param common more settings of every node
   */
  static TestCluster start(Path folder, int nodes, Map<String, String> common) throws IOException {
    RedisServer redis = RedisServer.start(folder);
    var cluster =
        new TestCluster(
            folder,
            common,
            redis,
            EmbeddedDatabase.start(PreparedData.at(folder.resolve("postgres"))));
    try {
      for (int i = 0; i < nodes; i++) {
        cluster.startNode(redis.url());
      }
      return cluster;
    } catch (IOException | RuntimeException | AssertionError e) {
      cluster.close();
      throw e;
    }
  }

  /**
   * @param redisUrl the way that this node has to Redis
   */
  ChatProcess startNode(String redisUrl) throws IOException {
    return startNode(redisUrl, postgresPort());
  }

  /**
   * @param postgresPort where the way of this node to PostgreSQL begins
   */
  ChatProcess startNode(String redisUrl, int postgresPort) throws IOException {
    var address = postgres.address();
    String jdbcUrl =
        address.jdbcUrl().replace(":" + postgresPort() + "/", ":" + postgresPort + "/");
    Map<String, String> settings = new HashMap<>();
    settings.put(
        "DATABASE_URL",
        jdbcUrl
            + (jdbcUrl.contains("?") ? "&" : "?")
            + "user="
            + address.user()
            + "&password="
            + address.password());
    settings.put("REDIS_URL", redisUrl);
    settings.put("JWT_SECRET", "a secret of the nodes together, long enough");
    settings.put("SESSION_SECRET", "another secret of the nodes together");
    for (String limit :
        List.of("REGISTER", "MESSAGE", "GENERAL", "LOGIN", "READ", "ROOM_PASSWORD")) {
      settings.put("RATE_LIMIT_" + limit, "off");
    }
    settings.put("NODE_NAME", "app" + (nodes.size() + 1));
    settings.putAll(common);
    Path home = Files.createDirectory(folder.resolve("node-" + nodes.size()));
    ChatProcess node = ChatProcess.start(home, settings);
    nodes.add(node);
    return node;
  }

  int postgresPort() {
    return URI.create(postgres.address().jdbcUrl().substring("jdbc:".length())).getPort();
  }

  ChatProcess node(int number) {
    return nodes.get(number);
  }

  int nodes() {
    return nodes.size();
  }

  RedisServer redis() {
    return redis;
  }

  /** The visitor's account, at another node. */
  Visitor at(int number, Visitor visitor) {
    return new Visitor(node(number).address(), visitor.name(), visitor.token(), visitor.userId());
  }

  @Override
  public void close() {
    nodes.forEach(ChatProcess::close);
    postgres.close();
    redis.close();
  }
}
