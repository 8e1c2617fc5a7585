package io.letschat.embeddedpostgres.testing;

import io.letschat.embeddedpostgres.EmbeddedPostgres;
import io.letschat.embeddedpostgres.PostgresAddress;
import io.letschat.embeddedpostgres.PostgresUnavailable;
import io.letschat.embeddedpostgres.Product;
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
public final class PostgresTestProgram implements AutoCloseable {
  private static final String READY = "ready ";

  private final Process process;
  private final BufferedReader output;

  private PostgresTestProgram(Process process) {
    this.process = process;
    this.output = process.inputReader();
  }

  static void main(String[] words) throws IOException {
    Product product = new Product(words[2], words[3], words[4], words[5], words[6]);
    try (EmbeddedPostgres postgres =
        EmbeddedPostgres.start(product, Path.of(words[0]), Path.of(words[1]))) {
      PostgresAddress address = postgres.address();
      String who = address.user() + " " + address.password();
      IO.println(READY + address.jdbcUrl() + " " + who + " " + postgres.pid());
      while (System.in.read() >= 0) {
        // Until the one that started us closes it.
      }
    } catch (PostgresUnavailable e) {
      IO.println(e.getMessage());
      System.exit(1);
    }
  }

  /** The words before the command, such as {@code setpriv}, may be none. */
  public static PostgresTestProgram launch(
      List<String> before, String classPath, Product product, Path dataDir, Path binaries)
      throws IOException {
    List<String> words = new ArrayList<>(before);
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    words.addAll(
        List.of("-XX:TieredStopAtLevel=1", "-cp", classPath, PostgresTestProgram.class.getName()));
    words.add(dataDir.toString());
    words.add(binaries.toString());
    words.addAll(
        List.of(
            product.name(),
            product.command(),
            product.database(),
            product.dataDirSetting(),
            product.databaseUrlSetting()));
    return new PostgresTestProgram(new ProcessBuilder(words).redirectErrorStream(true).start());
  }

  public static PostgresTestProgram launch(Product product, Path dataDir, Path binaries)
      throws IOException {
    return launch(List.of(), System.getProperty("java.class.path"), product, dataDir, binaries);
  }

  /** Where its PostgreSQL is and which process it is. */
  public record Running(PostgresAddress address, long pid) {}

  public Running awaitReady() throws IOException {
    StringBuilder said = new StringBuilder();
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      if (line.startsWith(READY)) {
        String[] words = line.split(" ");
        return new Running(
            new PostgresAddress(words[1], words[2], words[3]), Long.parseLong(words[4]));
      }
      said.append(line).append('\n');
    }
    throw new AssertionError("it did not start: " + said);
  }

  /** What it said, for one that is expected to end by itself. */
  public String awaitEnd() throws IOException {
    StringBuilder said = new StringBuilder();
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      said.append(line).append('\n');
    }
    process.onExit().join();
    return said.toString();
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /** Lets it go on for so long; less when it ends by itself. */
  public void runFor(Duration time) throws InterruptedException {
    process.waitFor(time.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** As Ctrl-C does. */
  public void end() {
    process.destroy();
    process.onExit().join();
  }

  public void kill() {
    process.destroyForcibly().onExit().join();
  }

  /** Lets it stop in good order. */
  @Override
  public void close() throws IOException {
    process.getOutputStream().close();
    process.onExit().join();
  }
}
