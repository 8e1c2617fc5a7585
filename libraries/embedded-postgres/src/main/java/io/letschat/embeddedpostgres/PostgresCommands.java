package io.letschat.embeddedpostgres;

import com.sun.security.auth.module.UnixSystem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * How PostgreSQL's programs are run: in English, without root's privileges, and away from the
 * terminal.
 */
final class PostgresCommands {
  private static final Duration LIMIT = Duration.ofMinutes(5);

  private PostgresCommands() {}

  /**
   * @param exitCode the program's own
   * @param output what it said, both streams
   */
  record Result(int exitCode, String output) {}

  static int userId() {
    return (int) new UnixSystem().getUid();
  }

  static boolean isRoot() {
    return userId() == 0;
  }

  /**
   * A command ready to run in the folder. PostgreSQL refuses to be root; in a user namespace
   * without a mapping root is an ordinary user that still owns its files.
   */
  static ProcessBuilder prepared(Path folder, List<String> command) {
    List<String> words = new ArrayList<>();
    if (isRoot()) {
      words.addAll(List.of("unshare", "--user"));
    }
    words.addAll(command);
    ProcessBuilder builder = new ProcessBuilder(words).directory(folder.toFile());
    builder
        .environment()
        .keySet()
        .removeIf(name -> name.startsWith("PG") || name.startsWith("LC_"));
    builder.environment().put("LC_ALL", "C");
    builder.environment().put("TZ", "UTC");
    return builder;
  }

  /**
   * A command that Ctrl-C in the terminal does not reach: the program stops PostgreSQL itself,
   * after its own last write. The process keeps its id.
   */
  static ProcessBuilder detached(Path folder, List<String> command) {
    ProcessBuilder builder = prepared(folder, command);
    List<String> words =
        new ArrayList<>(
            Files.isExecutable(Path.of("/usr/bin/setsid"))
                ? List.of("/usr/bin/setsid")
                : List.of("perl", "-MPOSIX", "-e", "POSIX::setsid(); exec(@ARGV)"));
    words.addAll(builder.command());
    return builder.command(words);
  }

  /** Runs to the end, five minutes at most, with {@code input} on its standard input. */
  static Result run(Path folder, List<String> command, String input) {
    ProcessBuilder builder = prepared(folder, command).redirectErrorStream(true);
    try {
      Process process = builder.start();
      try (var in = process.outputWriter(StandardCharsets.UTF_8)) {
        in.write(input);
      }
      CompletableFuture.delayedExecutor(LIMIT.toSeconds(), TimeUnit.SECONDS)
          .execute(process::destroyForcibly);
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return new Result(process.waitFor(), output);
    } catch (IOException e) {
      throw new PostgresUnavailable(
          "The embedded PostgreSQL could not be run (" + e.getMessage() + ").", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new PostgresUnavailable("Interrupted while " + command.getFirst() + " was running.", e);
    }
  }

  /** Sends a signal by name to a process that the caller has just verified. */
  static void signal(ProcessHandle process, String name) {
    if (!process.isAlive()) {
      return;
    }
    try {
      new ProcessBuilder("/bin/sh", "-c", "kill -" + name + " " + process.pid())
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start()
          .waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
