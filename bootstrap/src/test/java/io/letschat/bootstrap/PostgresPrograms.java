package io.letschat.bootstrap;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.stream.Stream;

/**
 * PostgreSQL's programs, which are unpacked once for all servers of this test process: that takes
 * half the time of a first start.
 */
public final class PostgresPrograms {
  /** Where they are unpacked to; nobody else uses it at the same time. */
  public static final Path FOLDER =
      Path.of("target", "postgres-programs-" + System.getProperty("test.fork", "0"))
          .toAbsolutePath();

  private PostgresPrograms() {}

  /** Puts them into a data folder that has none, if a server has unpacked them before. */
  static void lendTo(Path dataDir) throws IOException {
    Path postgres = dataDir.resolve("postgres");
    if (Files.exists(dataDir) && (Files.exists(postgres) || !Files.isDirectory(dataDir))) {
      return;
    }
    for (Path unpacked : unpackedIn(FOLDER)) {
      copy(unpacked, postgres.resolve(unpacked.getFileName()));
    }
  }

  /** Takes them from a server's data folder, for those that start later. */
  static void takeFrom(Path dataDir) throws IOException {
    if (!unpackedIn(FOLDER).isEmpty()) {
      return;
    }
    for (Path unpacked : unpackedIn(dataDir.resolve("postgres"))) {
      Path fresh = FOLDER.resolve("fresh");
      copy(unpacked, fresh);
      Files.move(fresh, FOLDER.resolve(unpacked.getFileName()), StandardCopyOption.ATOMIC_MOVE);
    }
  }

  private static List<Path> unpackedIn(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> children = Files.list(folder)) {
      return children
          .filter(child -> child.getFileName().toString().startsWith("binaries-"))
          .toList();
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.createDirectories(to);
    Files.walkFileTree(
        from,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes)
              throws IOException {
            Files.createDirectories(to.resolve(from.relativize(folder)));
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.copy(
                file,
                to.resolve(from.relativize(file)),
                LinkOption.NOFOLLOW_LINKS,
                StandardCopyOption.COPY_ATTRIBUTES,
                StandardCopyOption.REPLACE_EXISTING);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
