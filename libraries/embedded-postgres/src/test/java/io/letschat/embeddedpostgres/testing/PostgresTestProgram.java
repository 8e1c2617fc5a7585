package io.letschat.embeddedpostgres.testing;

import io.letschat.embeddedpostgres.PostgresAddress;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A process of its own that runs an embedded PostgreSQL until its standard input ends, so that it
 * can be killed.
 */
final class PostgresTestProgram implements AutoCloseable {
  private static final String READY = "ready ";

  private final Process process;
  private final BufferedReader output;

  private PostgresTestProgram(Process process) {
    this.process = process;
    this.output = process.inputReader();
  }

  static void main(String[] folders) throws IOException {
    try (EmbeddedPostgres postgres =
        EmbeddedPostgres.start(Path.of(folders[0]), Path.of(folders[1]))) {
      PostgresAddress address = postgres.address();
      IO.println(READY + address.jdbcUrl() + " " + address.password() + " " + postgres.pid());
      while (System.in.read() >= 0) {
        // Until the one that started us closes it.
      }
    } catch (PostgresUnavailable e) {
      IO.println(e.getMessage());
      System.exit(1);
    }
  }

  /** The words before the command, such as {@code setpriv}, may be none. */
  static PostgresTestProgram launch(
      List<String> before, String classPath, Path dataDir, Path binaries) throws IOException {
    List<String> words = new ArrayList<>(before);
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    words.addAll(
        List.of("-XX:TieredStopAtLevel=1", "-cp", classPath, PostgresTestProgram.class.getName()));
    words.add(dataDir.toString());
    words.add(binaries.toString());
    return new PostgresTestProgram(new ProcessBuilder(words).redirectErrorStream(true).start());
  }

  static PostgresTestProgram launch(Path dataDir, Path binaries) throws IOException {
    return launch(List.of(), System.getProperty("java.class.path"), dataDir, binaries);
  }

  /** Where its PostgreSQL is and which process it is. */
  record Running(PostgresAddress address, long pid) {}

  Running awaitReady() throws IOException {
    StringBuilder said = new StringBuilder();
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      if (line.startsWith(READY)) {
        String[] words = line.split(" ");
        return new Running(
            new PostgresAddress(words[1], "letschat", words[2]), Long.parseLong(words[3]));
      }
      said.append(line).append('\n');
    }
    throw new AssertionError("it did not start: " + said);
  }

  /** What it said, for one that is expected to end by itself. */
  String awaitEnd() throws IOException {
    StringBuilder said = new StringBuilder();
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      said.append(line).append('\n');
    }
    process.onExit().join();
    return said.toString();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Lets it go on for so long; less when it ends by itself. */
  void runFor(Duration time) throws InterruptedException {
    process.waitFor(time.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** As Ctrl-C does. */
  void end() {
    process.destroy();
    process.onExit().join();
  }

  void kill() {
    process.destroyForcibly().onExit().join();
  }

  /** Lets it stop in good order. */
  @Override
  public void close() throws IOException {
    process.getOutputStream().close();
    process.onExit().join();
  }
}
