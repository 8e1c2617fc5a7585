package io.letschat.embeddedpostgres;

import io.letschat.embeddedpostgres.files.PostmasterFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Processes that a killed program left behind. Only one that is PostgreSQL's and works in our
 * folder is ever signalled: a process id alone proves nothing, since the system hands it out again.
 */
final class OrphanProcesses {
  private static final Logger log = LoggerFactory.getLogger(OrphanProcesses.class);
  private static final Duration IN_GOOD_ORDER = Duration.ofSeconds(15);
  private static final Duration AT_ONCE = Duration.ofSeconds(3);

  private OrphanProcesses() {}

  /**
   * Stops whatever PostgreSQL still runs in {@code folder} or below; the caller holds the folder's
   * lock.
   */
  static void stop(Path folder) {
    List<ProcessHandle> found = in(folder);
    if (found.isEmpty()) {
      return;
    }
    log.warn(
        "Stopping the PostgreSQL that was left behind in {} (processes {})",
        folder,
        found.stream().map(ProcessHandle::pid).toList());
    for (String signal : List.of("INT", "QUIT", "KILL")) {
      for (ProcessHandle process : found) {
        if (signal.equals("KILL") || leads(process)) {
          PostgresCommands.signal(process, signal);
        }
      }
      awaitEnd(found, found.stream().anyMatch(OrphanProcesses::leads) ? IN_GOOD_ORDER : AT_ONCE);
      found = in(folder);
      if (found.isEmpty()) {
        return;
      }
    }
    throw new PostgresUnavailable(
        "A PostgreSQL of an earlier start (process "
            + found.getFirst().pid()
            + ") still works in "
            + folder
            + " and does not end. Stop it and start again.");
  }

  /**
   * Removes a {@code postmaster.pid} whose number now belongs to some other program, which would
   * keep PostgreSQL from starting. One whose number nobody has is left to PostgreSQL, which checks
   * more than we can.
   */
  static void forgetStalePid(DataFolder folder) {
    Path cluster = folder.cluster();
    PostmasterFile.read(cluster)
        .flatMap(file -> ProcessHandle.of(file.pid()))
        .filter(process -> !worksIn(process, cluster))
        .ifPresent(stranger -> {
          try {
            Files.deleteIfExists(PostmasterFile.in(cluster));
          } catch (IOException e) {
            throw folder.product().failure("remove a stale postmaster.pid", cluster, e);
          }
        });
  }

  static List<ProcessHandle> in(Path folder) {
    return ProcessHandle.allProcesses().filter(process -> worksIn(process, folder)).toList();
  }

  /**
   * The others end by themselves when the one that started them is gone, and must not be disturbed
   * before.
   */
  private static boolean leads(ProcessHandle process) {
    return programOf(process).equals("initdb")
        || workingFolder(process)
            .flatMap(PostmasterFile::read)
            .map(file -> file.pid() == process.pid())
            .orElse(true);
  }

  private static String programOf(ProcessHandle process) {
    String path = process.info().command().orElse("").replace(" (deleted)", "");
    return path.substring(path.lastIndexOf('/') + 1);
  }

  private static boolean worksIn(ProcessHandle process, Path folder) {
    String name = programOf(process);
    if (!name.equals("postgres") && !name.equals("initdb")) {
      return false;
    }
    return workingFolder(process)
        .or(() -> namedFolder(process))
        .filter(path -> path.startsWith(folder))
        .isPresent();
  }

  /** Where the kernel says it works, which is right even after the folder was moved; Linux only. */
  private static Optional<Path> workingFolder(ProcessHandle process) {
    try {
      return Optional.of(Files.readSymbolicLink(Path.of("/proc/" + process.pid() + "/cwd")));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static Optional<Path> namedFolder(ProcessHandle process) {
    List<String> words = Arrays.asList(process.info().arguments().orElse(new String[0]));
    int option = words.indexOf("-D");
    return option < 0 || option + 1 >= words.size()
        ? Optional.empty()
        : Optional.of(Path.of(words.get(option + 1)));
  }

  private static void awaitEnd(List<ProcessHandle> processes, Duration limit) {
    CompletableFuture<?> all =
        CompletableFuture.allOf(
            processes.stream().map(ProcessHandle::onExit).toArray(CompletableFuture[]::new));
    try {
      all.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      return;
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new PostgresUnavailable("Interrupted while stopping an earlier PostgreSQL.", e);
    }
  }
}
