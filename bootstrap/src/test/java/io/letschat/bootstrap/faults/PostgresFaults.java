package io.letschat.bootstrap.faults;

import io.letschat.persistence.postgres.Database;
import io.letschat.standin.FaultyTcpProxy;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/** What PostgreSQL can do to the nodes. */
final class PostgresFaults {
  private final FaultyCluster cluster;
  private final Trial trial;

  PostgresFaults(FaultyCluster cluster, Trial trial) {
    this.cluster = cluster;
    this.trial = trial;
  }

  void gone(Duration time) throws Exception {
    trial.run(
        "PostgreSQL down",
        () -> cluster.eachPostgres(FaultyTcpProxy::cut),
        time,
        () -> cluster.eachPostgres(FaultyTcpProxy::mend));
  }

  void silent(Duration time) throws Exception {
    trial.run(
        "PostgreSQL hangs",
        () -> cluster.eachPostgres(FaultyTcpProxy::fallSilent),
        time,
        () -> cluster.eachPostgres(FaultyTcpProxy::mend));
  }

  void slow(Duration delay, Duration time) throws Exception {
    trial.run(
        "each answer of PostgreSQL delayed by " + Report.seconds(delay),
        () -> cluster.eachPostgres(proxy -> proxy.slowDown(delay)),
        time,
        () -> cluster.eachPostgres(FaultyTcpProxy::mend));
  }

  /** It comes back by itself: whoever runs one has it restarted. */
  void killed() throws Exception {
    trial.run("PostgreSQL `kill -9`, and started again", () -> signal("KILL"));
  }

  void restarted() throws Exception {
    trial.run("PostgreSQL shut down, and started again", () -> signal("INT"));
  }

  private void signal(String name) throws Exception {
    new ProcessBuilder("kill", "-" + name, Long.toString(cluster.postgres().pid()))
        .inheritIO()
        .start()
        .waitFor();
  }

  /** Whoever looks up a member waits, and keeps a connection of the pool. */
  void poolExhausted(Duration time) throws Exception {
    try (Connection blocking = database().getConnection();
        Statement statement = blocking.createStatement()) {
      trial.run(
          "a table locked, so that all connections of the pools wait,",
          () -> {
            blocking.setAutoCommit(false);
            statement.execute("lock table memberships in access exclusive mode");
          },
          time,
          blocking::rollback);
    }
  }

  /** Somebody else has taken all connections that the server has. */
  void noConnectionLeft(Duration time) throws Exception {
    List<Connection> taken = new ArrayList<>();
    trial.run(
        "all connections of PostgreSQL used by others",
        () -> {
          cluster.eachPostgres(FaultyTcpProxy::cut);
          takeAll(taken);
          cluster.eachPostgres(FaultyTcpProxy::mend);
        },
        time,
        () -> {
          for (Connection connection : taken) {
            connection.close();
          }
        });
  }

  /**
   * @param where a small disk that has all of PostgreSQL's data
   */
  void diskFull(Path where, Duration time) throws Exception {
    Path ballast = where.resolve("ballast");
    trial.run("PostgreSQL's disk full", () -> fill(ballast), time, () -> Files.delete(ballast));
  }

  private static void fill(Path ballast) {
    try (OutputStream out = Files.newOutputStream(ballast)) {
      byte[] block = new byte[4096];
      for (int i = 0; i < 1_000_000; i++) {
        out.write(block);
      }
      throw new AssertionError("a disk of 4 GB is not small");
    } catch (IOException full) {
      // That is what was wanted.
    }
  }

  private void takeAll(List<Connection> taken) {
    try {
      while (taken.size() < 1000) {
        taken.add(database().getConnection());
      }
    } catch (SQLException full) {
      // That is what was wanted.
    }
  }

  private DataSource database() {
    return Database.unpooled(cluster.postgres().address());
  }
}
