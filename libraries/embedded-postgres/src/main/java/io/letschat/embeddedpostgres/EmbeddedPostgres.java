package io.letschat.embeddedpostgres;

import io.letschat.embeddedpostgres.files.DurableFiles;
import io.letschat.embeddedpostgres.files.PostmasterFile;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A PostgreSQL that belongs to this program: it is unpacked, made, started and stopped here, keeps
 * its data in the folder {@code postgres} of the data folder, and listens on the loopback address
 * alone. When it dies it is started again on the same port, so an address once given stays good
 * until {@link #close()}.
 */
public final class EmbeddedPostgres implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(EmbeddedPostgres.class);
  private static final Duration SHORT_RUN = Duration.ofSeconds(10);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

  private final DataFolder folder;
  private final PostgresBinaries postgresBinaries;
  private final FolderLock lock;
  private final PostgresAddress address;
  private ServerProcess server;
  private boolean closed;

  private EmbeddedPostgres(
      DataFolder folder,
      PostgresBinaries postgresBinaries,
      FolderLock lock,
      ServerProcess server,
      PostgresAddress address) {
    this.folder = folder;
    this.postgresBinaries = postgresBinaries;
    this.lock = lock;
    this.server = server;
    this.address = address;
  }

  /**
   * Starts on the data of {@code dataDir}, which is made when it is missing. The first start takes
   * a few seconds, later ones about half a second, and more after a crash with much to recover.
   *
   * @throws PostgresUnavailable when that is not possible, with a sentence for the user
   */
  public static EmbeddedPostgres start(Product product, Path dataDir) {
    return start(product, dataDir, Optional.empty());
  }

  /**
   * As {@link #start(Product, Path)}, with the unpacked programs in a folder that several data
   * folders may share.
   */
  public static EmbeddedPostgres start(Product product, Path dataDir, Path sharedBinaries) {
    return start(product, dataDir, Optional.of(sharedBinaries));
  }

  private static EmbeddedPostgres start(
      Product product, Path dataDir, Optional<Path> sharedBinaries) {
    DataFolder folder = DataFolder.under(product, dataDir);
    FolderLock lock = FolderLock.tryTake(folder).orElseThrow(() -> FolderLock.refusal(folder));
    @Nullable ServerProcess server = null;
    try (StartGuard _ = new StartGuard(folder.root())) {
      OrphanProcesses.stop(folder.root());
      PostgresBinaries postgresBinaries =
          PostgresBinaries.in(sharedBinaries.orElse(folder.root()), product);
      new PostgresCluster(folder, postgresBinaries).prepare();
      OrphanProcesses.forgetStalePid(folder);
      server = ServerProcess.start(folder, postgresBinaries);
      PostgresAddress address = new ApplicationDatabase(folder).prepare(server.port());
      EmbeddedPostgres started =
          new EmbeddedPostgres(folder, postgresBinaries, lock, server, address);
      log.info("PostgreSQL {} runs on 127.0.0.1:{}", postgresBinaries.major(), server.port());
      removeOldBinaries(folder, postgresBinaries);
      started.watch(server);
      return started;
    } catch (RuntimeException e) {
      if (server != null) {
        server.stop();
      }
      lock.close();
      throw e;
    }
  }

  /**
   * The database of the program that runs on the folder at this moment, if one does.
   *
   * @throws PostgresUnavailable when it is just starting or stopping
   */
  public static Optional<PostgresAddress> running(Product product, Path dataDir) {
    DataFolder folder = DataFolder.under(product, dataDir);
    Optional<FolderLock> lock = FolderLock.tryTake(folder);
    if (lock.isPresent()) {
      lock.get().close();
      return Optional.empty();
    }
    PostmasterFile file =
        PostmasterFile.read(folder.cluster())
            .filter(PostmasterFile::ready)
            .orElseThrow(() ->
                new PostgresUnavailable(
                    "A "
                        + product.name()
                        + " is just starting or stopping on "
                        + dataDir
                        + "; try again in a moment."));
    return Optional.of(new ApplicationDatabase(folder).application(file.port()));
  }

  /** The database as the application's role, which is no superuser. */
  public PostgresAddress address() {
    return address;
  }

  /** As {@link #address()}, for another database of the server. */
  public synchronized PostgresAddress address(String database) {
    return new ApplicationDatabase(folder).application(server.port(), database);
  }

  /** A database as the superuser: for what the application's role may not do. */
  public synchronized PostgresAddress superuser(String database) {
    return new ApplicationDatabase(folder).superuser(server.port(), database);
  }

  /** Whose it is. */
  public Product product() {
    return folder.product();
  }

  /** The server's process id; another one after a restart. */
  public synchronized long pid() {
    return server.pid();
  }

  /**
   * Stops the server in good order and gives the folder free. Connections that are still open are
   * ended.
   */
  @Override
  public void close() {
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
      notifyAll();
    }
    server.stop();
    lock.close();
    log.info("PostgreSQL has stopped");
  }

  private void watch(ServerProcess watched) {
    watched
        .onExit()
        .thenRun(() -> Thread.ofVirtual().name("postgres-restart").start(this::restart));
  }

  /** Tries for as long as it takes: a full disk, say, may have room again after an hour. */
  private synchronized void restart() {
    Duration pause =
        server.ranFor().compareTo(SHORT_RUN) < 0 ? Duration.ofSeconds(1) : Duration.ZERO;
    while (!isClosedAfter(pause)) {
      log.error(
          "PostgreSQL ended unexpectedly, starting it again; its own words are in {}",
          folder.log());
      try {
        OrphanProcesses.stop(folder.root());
        OrphanProcesses.forgetStalePid(folder);
        server = ServerProcess.start(folder, postgresBinaries, server.port());
        watch(server);
        log.info("PostgreSQL runs again on 127.0.0.1:{}", server.port());
        return;
      } catch (RuntimeException | ServerProcess.PortTaken e) {
        log.error("PostgreSQL could not be started again: {}", String.valueOf(e.getMessage()));
        pause = pause.multipliedBy(2).plusSeconds(1);
        pause = pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
      }
    }
  }

  private boolean isClosedAfter(Duration pause) {
    long end = System.nanoTime() + pause.toNanos();
    try {
      for (long left = pause.toMillis();
          left > 0 && !closed;
          left = (end - System.nanoTime()) / 1_000_000) {
        wait(left);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
    return closed;
  }

  /** What an earlier version of the program has unpacked in this folder. */
  private static void removeOldBinaries(DataFolder folder, PostgresBinaries current) {
    for (Path old : folder.named(PostgresBinaries.PREFIX)) {
      if (!old.equals(current.home())) {
        try {
          DurableFiles.deleteTree(old);
        } catch (IOException e) {
          log.warn("Cannot remove {}: {}", old, e.toString());
        }
      }
    }
  }
}
