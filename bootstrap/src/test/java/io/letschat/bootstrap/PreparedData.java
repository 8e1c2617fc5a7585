package io.letschat.bootstrap;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;

/**
 * A data folder with a migrated database and nothing in it. It is made once for all servers of this
 * test process, by the program itself: unpacking PostgreSQL, making the database and migrating it
 * takes most of the time of a first start.
 */
public final class PreparedData {
  /** Nobody else uses it at the same time. */
  private static final Path FOLDER =
      Path.of("target", "prepared-" + System.getProperty("test.fork", "0")).toAbsolutePath();

  private static boolean ready;

  private PreparedData() {}

  /** Puts it at {@code dataDir}, unless something is there already. */
  public static synchronized Path at(Path dataDir) throws IOException {
    if (Files.exists(dataDir.resolve("postgres")) || Files.isRegularFile(dataDir)) {
      return dataDir;
    }
    if (!ready) {
      prepare();
      ready = true;
    }
    Files.createDirectories(dataDir);
    copy(FOLDER.resolve("data/postgres"), dataDir.resolve("postgres"));
    return dataDir;
  }

  private static void prepare() throws IOException {
    Files.createDirectories(FOLDER);
    try {
      ChatProcess.Ended migrated = ChatProcess.run(FOLDER, Map.of(), "migrate");
      if (migrated.code() != 0) {
        throw new IOException(migrated.output());
      }
    } catch (IOException e) {
      throw e;
    } catch (Exception e) {
      throw new IOException(e);
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.walkFileTree(
        from,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes)
              throws IOException {
            Files.copy(folder, target(folder), StandardCopyOption.COPY_ATTRIBUTES);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            if (from.relativize(file).startsWith("lock")) {
              return FileVisitResult.CONTINUE;
            }
            Files.copy(
                file, target(file), LinkOption.NOFOLLOW_LINKS, StandardCopyOption.COPY_ATTRIBUTES);
            return FileVisitResult.CONTINUE;
          }

          private Path target(Path file) {
            return to.resolve(from.relativize(file));
          }
        });
  }
}
