package io.letschat.socketio.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The clients of npm and the scripts that use them, in {@code target/clients}. */
final class NodeClients {
  private static final Path SOURCE = Path.of("src", "test", "clients");
  private static final Path FOLDER = Path.of("target", "clients").toAbsolutePath();
  private static final List<String> LOCK = List.of("package.json", "package-lock.json", ".npmrc");
  private static final List<String> SCRIPTS = List.of("features.js", "node.js", "upgrades.js");

  private NodeClients() {}

  /**
   * Fetches the clients by the lock file, when that was not done yet. Skips the test, saying so,
   * where there is no Node; where {@code LETSCHAT_REQUIRE_BROWSER} is set it fails.
   */
  static synchronized Path installed() throws Exception {
    boolean node =
        Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
            .anyMatch(folder -> Files.isExecutable(Path.of(folder, "node")));
    if (System.getenv("LETSCHAT_REQUIRE_BROWSER") == null) {
      assumeTrue(node, "there is no Node on this machine, so no client of npm was tried");
    }
    assertThat(node).as("Node is required").isTrue();
    Files.createDirectories(FOLDER);
    for (String script : SCRIPTS) {
      copy(script);
    }
    Path lock = FOLDER.resolve("node_modules").resolve(".fetched");
    byte[] wanted = Files.readAllBytes(SOURCE.resolve("package-lock.json"));
    if (!Files.exists(lock) || Files.mismatch(lock, SOURCE.resolve("package-lock.json")) >= 0) {
      for (String file : LOCK) {
        copy(file);
      }
      run(180, "npm", "ci", "--ignore-scripts", "--loglevel=error");
      Files.write(lock, wanted);
    }
    return FOLDER;
  }

  private static void copy(String file) throws IOException {
    Files.copy(SOURCE.resolve(file), FOLDER.resolve(file), StandardCopyOption.REPLACE_EXISTING);
  }

  /** The lines that a command prints; fails when it fails or takes longer than it may. */
  static List<String> run(int seconds, String... command) throws Exception {
    ProcessBuilder builder = new ProcessBuilder(command).directory(FOLDER.toFile());
    builder.redirectError(ProcessBuilder.Redirect.INHERIT);
    Process process = builder.start();
    CompletableFuture<List<String>> lines =
        CompletableFuture.supplyAsync(
            () -> new ArrayList<>(process.inputReader(StandardCharsets.UTF_8).lines().toList()),
            task -> Thread.ofVirtual().start(task));
    boolean ended = process.waitFor(seconds, TimeUnit.SECONDS);
    if (!ended) {
      process.destroyForcibly();
    }
    List<String> printed = lines.get(5, TimeUnit.SECONDS);
    assertThat(ended).as("%s ends in time, having printed %s", command[0], printed).isTrue();
    assertThat(process.exitValue()).as("%s, having printed %s", command[0], printed).isZero();
    return printed;
  }
}
