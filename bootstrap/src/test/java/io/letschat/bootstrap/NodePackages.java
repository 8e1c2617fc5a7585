package io.letschat.bootstrap;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * The scripts of {@code src/test/node-server} beside the packages of npm that they use. Skips the
 * test where there is no Node, unless {@code LETSCHAT_REQUIRE_BROWSER} is set.
 */
final class NodePackages {
  private static final Path SOURCE = Path.of("src", "test", "node-server");
  private static final List<String> FILES =
      List.of("package.json", "package-lock.json", ".npmrc", "server.js", "client.js");

  private NodePackages() {}

  /** A folder in {@code folder} to run them in. */
  static Path installed(Path folder) throws Exception {
    boolean there =
        Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
            .anyMatch(directory -> Files.isExecutable(Path.of(directory, "npm")));
    if (!there && System.getenv("LETSCHAT_REQUIRE_BROWSER") != null) {
      throw new AssertionError("Node is required");
    }
    Assumptions.assumeTrue(there, "there is no Node on this machine");
    Path home = Files.createDirectory(folder.resolve("node-server"));
    for (String file : FILES) {
      Files.copy(SOURCE.resolve(file), home.resolve(file));
    }
    Process fetching =
        new ProcessBuilder("npm", "ci", "--ignore-scripts", "--loglevel=error")
            .directory(home.toFile())
            .redirectErrorStream(true)
            .redirectOutput(home.resolve("npm.log").toFile())
            .start();
    if (!fetching.waitFor(180, TimeUnit.SECONDS) || fetching.exitValue() != 0) {
      fetching.destroyForcibly();
      throw new AssertionError(Files.readString(home.resolve("npm.log")));
    }
    return home;
  }
}
