package io.letschat.bootstrap;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * Scripts beside the packages of npm that they use. Skips the test where there is no Node, unless
 * {@code LETSCHAT_REQUIRE_BROWSER} is set.
 */
public final class NodePackages {
  /** Servers of Node's, and a client of the newest version. */
  public static final Path SERVERS = Path.of("src", "test", "node-server");

  /** Clients of all versions: the transport is tried with the same ones, by the same lock file. */
  public static final Path CLIENTS =
      Path.of("..", "libraries", "socketio-server", "src", "test", "clients");

  private static final List<String> LOCKED = List.of("package.json", "package-lock.json", ".npmrc");

  private NodePackages() {}

  /** The servers and the client, in a folder in {@code folder} to run them in. */
  static Path installed(Path folder) throws Exception {
    return installed(
        folder, SERVERS, List.of(SERVERS.resolve("server.js"), SERVERS.resolve("client.js")));
  }

  /**
   * A folder in {@code folder} to run the scripts in.
   *
   * @param packages where the lock file is that they need
   */
  public static Path installed(Path folder, Path packages, List<Path> scripts) throws Exception {
    boolean there =
        Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
            .anyMatch(directory -> Files.isExecutable(Path.of(directory, "npm")));
    if (!there && System.getenv("LETSCHAT_REQUIRE_BROWSER") != null) {
      throw new AssertionError("Node is required");
    }
    Assumptions.assumeTrue(there, "there is no Node on this machine");
    Path home = Files.createTempDirectory(folder, "node");
    for (String file : LOCKED) {
      Files.copy(packages.resolve(file), home.resolve(file));
    }
    for (Path script : scripts) {
      Files.copy(script, home.resolve(script.getFileName()));
    }
    Process fetching =
        new ProcessBuilder("npm", "ci", "--ignore-scripts", "--prefer-offline", "--loglevel=error")
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
