package io.letschat.persistence.postgres;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.letschat.embeddedpostgres.PostgresAddress;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.StatementExceptions;
import org.jdbi.v3.core.statement.StatementExceptions.MessageRendering;
import org.jdbi.v3.postgres.PostgresPlugin;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * The connections to one Postgres. Opening does not connect; whoever needs a connection waits for
 * one, 3 s at most. A statement is ended by the server after 4 s and given up after 5 s when the
 * server has gone silent; a transaction that idles for 10 s loses its locks.
 */
public final class Database implements AutoCloseable {
  private static final int CONNECTIONS = 12;

  /**
   * Appending has connections of its own: nobody who reads can make a message wait. One is for the
   * commits; the other for what must not wait either, such as reading what was revoked.
   */
  private static final int CONNECTIONS_FOR_APPENDING = 2;

  /** Nor can it keep out those who connect: they are looked up many at once, by this one. */
  private static final int CONNECTIONS_FOR_CONNECTING = 1;

  private static final Duration CONNECTION_WAIT = Duration.ofSeconds(3);

  private final HikariDataSource connections;
  private final HikariDataSource appending;
  private final HikariDataSource connecting;
  private final Handles handles;
  private final Handles appendingHandles;
  private final Handles connectingHandles;
  private final Deque<Runnable> beforeClosing = new ArrayDeque<>();

  private Database(PostgresAddress address) {
    connections = pool("letschat", address, CONNECTIONS);
    appending = pool("letschat-append", address, CONNECTIONS_FOR_APPENDING);
    connecting = pool("letschat-connect", address, CONNECTIONS_FOR_CONNECTING);
    handles = handles(connections);
    appendingHandles = handles(appending);
    connectingHandles = handles(connecting);
  }

  public static Database open(PostgresAddress address) {
    return new Database(address);
  }

  /** Connections of which none is kept and no statement is ever ended: for {@link Migrations}. */
  public static DataSource unpooled(PostgresAddress address) {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setUrl(address.jdbcUrl());
    source.setUser(address.user());
    source.setPassword(address.password());
    return source;
  }

  /** For everything else. */
  public Handles handles() {
    return handles;
  }

  /** For appending messages, and for one short question at a time that must not wait. */
  public Handles appendingHandles() {
    return appendingHandles;
  }

  /** For looking up those who connect. */
  public Handles connectingHandles() {
    return connectingHandles;
  }

  /** Tells the registry, from now on, how the connections are used. To be called once. */
  public void measure(MeterRegistry registry) {
    connections.setMetricRegistry(registry);
    appending.setMetricRegistry(registry);
    connecting.setMetricRegistry(registry);
  }

  /** Whether the database answers, asked now; it takes 3 s at most to say no. */
  public boolean isReady() {
    try (Connection connection = connections.getConnection()) {
      return connection.isValid(1);
    } catch (SQLException e) {
      return false;
    }
  }

  /** What is to be finished while there are still connections; the last one given runs first. */
  public synchronized void beforeClosing(Runnable finish) {
    beforeClosing.push(finish);
  }

  @Override
  public void close() {
    Deque<Runnable> finishing;
    synchronized (this) {
      finishing = new ArrayDeque<>(beforeClosing);
      beforeClosing.clear();
    }
    finishing.forEach(Runnable::run);
    appending.close();
    connecting.close();
    connections.close();
  }

  private static HikariDataSource pool(String name, PostgresAddress address, int size) {
    HikariConfig config = new HikariConfig();
    config.setPoolName(name);
    config.setJdbcUrl(address.jdbcUrl());
    config.setUsername(address.user());
    config.setPassword(address.password());
    config.setMaximumPoolSize(size);
    config.setMinimumIdle(Math.min(size, 2));
    config.setConnectionTimeout(CONNECTION_WAIT.toMillis());
    config.setValidationTimeout(1_000);
    config.setInitializationFailTimeout(-1);
    config.setConnectionInitSql(
        "set statement_timeout = '4s'; set idle_in_transaction_session_timeout = '10s'");
    // What the address says for itself goes before these.
    config.addDataSourceProperty("ApplicationName", name);
    config.addDataSourceProperty("connectTimeout", "3");
    config.addDataSourceProperty("socketTimeout", "5");
    config.addDataSourceProperty("tcpKeepAlive", "true");
    // The detail of an error quotes rows.
    config.addDataSourceProperty("logServerErrorDetail", "false");
    return new HikariDataSource(config);
  }

  private static Handles handles(HikariDataSource connections) {
    Jdbi jdbi =
        Jdbi.create(connections)
            .installPlugin(new PostgresPlugin())
            .setSqlLogger(new StatementLog());
    // Exceptions end in logs, and what was bound is messages, addresses and hashes.
    jdbi.getConfig(StatementExceptions.class).setMessageRendering(MessageRendering.NONE);
    return new Handles(jdbi);
  }
}
