package io.letschat.bootstrap;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * A copy of the sources, built with what this machine's Maven has fetched before, and with a local
 * repository of its own, so that nothing is left on the machine.
 */
final class FreshBuild {
  private static final Path SOURCES = Path.of("..").toAbsolutePath().normalize();
  private static final Set<String> LEFT_OUT = Set.of("target", "node_modules", ".git", "data");

  private final Path home;
  private final Path repository;

  private FreshBuild(Path home, Path repository) {
    this.home = home;
    this.repository = repository;
  }

  static FreshBuild in(Path folder) throws IOException {
    var build = new FreshBuild(folder.resolve("a clone"), folder.resolve("repository"));
    Files.walkFileTree(
        SOURCES,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path source, BasicFileAttributes attributes)
              throws IOException {
            if (LEFT_OUT.contains(source.getFileName().toString())) {
              return FileVisitResult.SKIP_SUBTREE;
            }
            Files.createDirectories(build.copyOf(source));
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path source, BasicFileAttributes attributes)
              throws IOException {
            Files.copy(source, build.copyOf(source));
            return FileVisitResult.CONTINUE;
          }
        });
    return build;
  }

  Path home() {
    return home;
  }

  private Path copyOf(Path source) {
    return home.resolve(SOURCES.relativize(source).toString());
  }

  /** Runs a command of the shell there and gives what it said; it must succeed. */
  String run(String command) throws Exception {
    var options = new ArrayList<>(List.of("-o", "-B", "-ntp", "-Dmaven.repo.local=" + repository));
    String fetched = System.getProperty("localRepository");
    if (fetched == null) {
      fetched = Path.of(System.getProperty("user.home"), ".m2", "repository").toString();
    }
    options.add("-Dmaven.repo.local.tail=" + fetched);
    Path output = Files.createTempFile(home, "output", "");
    ProcessBuilder builder =
        new ProcessBuilder("sh", "-c", command)
            .directory(home.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    builder.environment().put("MAVEN_ARGS", String.join(" ", options));
    Process process = builder.start();
    if (!process.waitFor(4, TimeUnit.MINUTES)) {
      process.destroyForcibly();
      throw new AssertionError(command + " does not end: " + Files.readString(output, UTF_8));
    }
    if (process.exitValue() != 0) {
      throw new AssertionError(command + ": " + Files.readString(output, UTF_8));
    }
    return Files.readString(output, UTF_8);
  }
}
