package io.letschat.bootstrap.faults;

import io.letschat.bootstrap.AwaitInProgram;
import io.letschat.standin.FaultyTcpProxy;
import io.letschat.standin.RedisServer;
import java.nio.file.Files;
import java.time.Duration;
import redis.clients.jedis.Jedis;

/** What Redis can do to the nodes. */
final class RedisFaults {
  private static final int GARBLED_PERCENT = 5;
  private static final Duration LATE = Duration.ofMillis(500);

  private final FaultyCluster cluster;
  private final Trial trial;

  RedisFaults(FaultyCluster cluster, Trial trial) {
    this.cluster = cluster;
    this.trial = trial;
  }

  void gone(Duration time) throws Exception {
    trial.run(
        "Redis down",
        () -> cluster.eachRedis(FaultyTcpProxy::cut),
        time,
        () -> cluster.eachRedis(FaultyTcpProxy::mend));
  }

  void silent(Duration time) throws Exception {
    trial.run(
        "Redis hangs",
        () -> cluster.eachRedis(FaultyTcpProxy::fallSilent),
        time,
        () -> cluster.eachRedis(FaultyTcpProxy::mend));
  }

  void slow(Duration time) throws Exception {
    trial.run(
        "each answer of Redis delayed by " + Report.seconds(LATE),
        () -> cluster.eachRedis(proxy -> proxy.slowDown(LATE)),
        time,
        () -> cluster.eachRedis(FaultyTcpProxy::mend));
  }

  void garbled(Duration time) throws Exception {
    trial.run(
        GARBLED_PERCENT + " % of Redis' answers corrupted",
        () -> cluster.eachRedis(proxy -> proxy.garble(GARBLED_PERCENT)),
        time,
        () -> cluster.eachRedis(FaultyTcpProxy::mend));
  }

  void restartedEmpty(Duration time) throws Exception {
    trial.run(
        "Redis killed and empty afterwards, down",
        cluster.redis()::kill,
        time,
        cluster.redis()::startAgain);
  }

  /** As an operator would: the replica is promoted, and the name leads to it. */
  void replacedByAReplica(Duration time) throws Exception {
    var folder = Files.createDirectories(cluster.folder().resolve("replica"));
    try (RedisServer replica = RedisServer.start(folder);
        var asReplica = new Jedis("127.0.0.1", replica.port())) {
      asReplica.replicaof("127.0.0.1", cluster.redis().port());
      AwaitInProgram.until(
          () -> asReplica.info("replication").contains("master_link_status:up"),
          () -> "it does not replicate");
      trial.run(
          "Redis killed, failover to its replica, down",
          cluster.redis()::kill,
          time,
          () -> {
            asReplica.replicaofNoOne();
            cluster.eachRedis(proxy -> proxy.leadTo(replica.port()));
          });
      cluster.redis().startAgain();
      cluster.eachRedis(proxy -> proxy.leadTo(cluster.redis().port()));
    }
  }
}
