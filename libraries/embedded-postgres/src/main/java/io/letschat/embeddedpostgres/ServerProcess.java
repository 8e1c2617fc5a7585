package io.letschat.embeddedpostgres;

import io.letschat.embeddedpostgres.files.PostmasterFile;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One run of the PostgreSQL server on the loopback address, from its start to its end. */
final class ServerProcess {
  private static final Logger log = LoggerFactory.getLogger(ServerProcess.class);
  private static final int PORTS_TO_TRY = 5;
  private static final Duration RECOVERY = Duration.ofMinutes(10);
  private static final Duration SAY_SOMETHING = Duration.ofSeconds(10);
  private static final Duration IN_GOOD_ORDER = Duration.ofSeconds(30);

  /** Durability is not for sale; the rest is a modest server that only this program talks to. */
  private static final List<String> SETTINGS =
      List.of(
          "fsync=on",
          "synchronous_commit=on",
          "full_page_writes=on",
          "listen_addresses=127.0.0.1",
          "unix_socket_directories=",
          "password_encryption=scram-sha-256",
          "max_connections=60",
          "shared_buffers=64MB",
          "max_wal_size=512MB",
          "jit=off",
          "log_checkpoints=off",
          // Failed statements are the application's to report; their details are what people wrote.
          "log_min_messages=log",
          "log_error_verbosity=terse",
          "log_timezone=UTC",
          "timezone=UTC",
          "lc_messages=C");

  private final Process process;
  private final int port;
  private final long startedAt = System.nanoTime();

  private ServerProcess(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /** Starts on a port that is free at this moment. */
  static ServerProcess start(DataFolder folder, PostgresBinaries postgresBinaries) {
    for (int attempt = 1; ; attempt++) {
      try {
        return start(folder, postgresBinaries, freePort());
      } catch (PortTaken e) {
        if (attempt == PORTS_TO_TRY) {
          throw new PostgresUnavailable(
              "The embedded PostgreSQL found no free port on 127.0.0.1; see " + folder.log() + ".",
              e);
        }
      }
    }
  }

  /** Starts on the given port; returns when connections are accepted. */
  static ServerProcess start(DataFolder folder, PostgresBinaries postgresBinaries, int port)
      throws PortTaken {
    List<String> command =
        new ArrayList<>(
            List.of(
                postgresBinaries.program("postgres"),
                "-D",
                folder.cluster().toString(),
                "-p",
                Integer.toString(port)));
    for (String setting : SETTINGS) {
      command.add("-c");
      command.add(setting);
    }
    try {
      ServerLog serverLog = ServerLog.beforeStart(folder);
      Process process =
          PostgresCommands.detached(folder.root(), command)
              .redirectInput(new File("/dev/null"))
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.log().toFile()))
              .start();
      awaitReady(process, folder, serverLog);
      return new ServerProcess(process, port);
    } catch (IOException e) {
      throw folder.product().failure("start the server", folder.root(), e);
    }
  }

  int port() {
    return port;
  }

  long pid() {
    return process.pid();
  }

  Duration ranFor() {
    return Duration.ofNanos(System.nanoTime() - startedAt);
  }

  CompletableFuture<Process> onExit() {
    return process.onExit();
  }

  /**
   * Ends the connections, rolls back what is open, writes everything down and returns when the
   * server is gone.
   */
  void stop() {
    for (String signal : List.of("INT", "QUIT", "KILL")) {
      PostgresCommands.signal(process.toHandle(), signal);
      try {
        if (process.waitFor(IN_GOOD_ORDER.toSeconds(), TimeUnit.SECONDS)) {
          return;
        }
        log.warn("PostgreSQL did not stop on SIG{}", signal);
      } catch (InterruptedException e) {
        process.destroyForcibly();
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  private static void awaitReady(Process process, DataFolder folder, ServerLog serverLog)
      throws IOException, PortTaken {
    long begun = System.nanoTime();
    long lastSaid = begun;
    while (true) {
      boolean ready =
          PostmasterFile.read(folder.cluster())
              .filter(file -> file.pid() == process.pid() && file.ready())
              .isPresent();
      if (ready) {
        return;
      }
      try {
        if (process.waitFor(10, TimeUnit.MILLISECONDS)) {
          throw serverLog.whyNotStarted();
        }
      } catch (InterruptedException e) {
        process.destroy();
        Thread.currentThread().interrupt();
        throw new PostgresUnavailable("Interrupted while PostgreSQL was starting.", e);
      }
      long now = System.nanoTime();
      if (now - lastSaid > SAY_SOMETHING.toNanos()) {
        lastSaid = now;
        log.info("PostgreSQL is reading its log after the last stop; this may take a while");
      }
      if (now - begun > RECOVERY.toNanos()) {
        process.destroyForcibly();
        throw new PostgresUnavailable(
            "The embedded PostgreSQL was not ready after "
                + RECOVERY.toMinutes()
                + " minutes; see "
                + folder.log()
                + ".");
      }
    }
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new PostgresUnavailable("No port is free on the loopback address (" + e + ").", e);
    }
  }

  /** Somebody else listens on the port. */
  static final class PortTaken extends Exception {
    private static final long serialVersionUID = 1L;

    PortTaken() {
      super("somebody else listens on its port");
    }
  }
}
