package io.letschat.embeddedpostgres;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * {@code DATA_DIR/postgres} and the names in it. Everything here is readable by its owner alone.
 *
 * @param root the folder's real path, without symbolic links
 */
record DataFolder(Path root) {

  /**
   * Makes the folder where it is missing; the caller holds no lock yet, so nothing in it is
   * touched.
   */
  static DataFolder under(Path dataDir) {
    Path root = dataDir.toAbsolutePath().normalize().resolve("postgres");
    var ownerOnly =
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
    try {
      Files.createDirectories(root, ownerOnly);
      Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwx------"));
      return new DataFolder(root.toRealPath());
    } catch (IOException e) {
      throw failure("prepare the folder " + root, root, e);
    }
  }

  Path cluster() {
    return root.resolve("cluster");
  }

  Path lock() {
    return root.resolve("lock");
  }

  Path log() {
    return root.resolve("postgres.log");
  }

  Path superuserPassword() {
    return root.resolve("superuser.password");
  }

  Path applicationPassword() {
    return root.resolve("application.password");
  }

  List<Path> named(String prefix) {
    try (Stream<Path> children = Files.list(root)) {
      return children.filter(child -> child.getFileName().toString().startsWith(prefix)).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes a file that only its owner can read; after a crash it is there whole or not at all. */
  static void writeSecret(Path file, String line) throws IOException {
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    Files.deleteIfExists(fresh);
    var ownerOnly =
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    try (FileChannel channel = FileChannel.open(fresh, Set.of(CREATE_NEW, WRITE), ownerOnly)) {
      ByteBuffer bytes = ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8));
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
    moveForGood(fresh, file);
  }

  /** Renames and makes the renaming itself survive a power cut. */
  static void moveForGood(Path from, Path to) throws IOException {
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    try (FileChannel parent = FileChannel.open(parentOf(to))) {
      parent.force(true);
    }
  }

  static void deleteTree(Path tree) throws IOException {
    if (!Files.exists(tree)) {
      return;
    }
    Files.walkFileTree(
        tree,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
            if (e instanceof NoSuchFileException) {
              return FileVisitResult.CONTINUE;
            }
            throw e;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException e)
              throws IOException {
            Files.deleteIfExists(folder);
            return FileVisitResult.CONTINUE;
          }
        });
  }

  /** The sentence for a file operation that failed below {@code where}. */
  static PostgresUnavailable failure(String whatWasTried, Path where, IOException e) {
    if (PostgresUnavailable.saysDiskFull(e.getMessage())) {
      return diskFull(where, e);
    }
    return new PostgresUnavailable(
        "Cannot "
            + whatWasTried
            + " for the embedded PostgreSQL ("
            + e
            + "). Set DATA_DIR to a folder that this user can write to.",
        e);
  }

  static PostgresUnavailable diskFull(Path where, @Nullable Throwable cause) {
    return new PostgresUnavailable(
        "The disk that holds "
            + where
            + " is full. Free some space there, or set DATA_DIR to a folder on another disk, and start again; what was"
            + " confirmed before is kept.",
        cause);
  }

  private static Path parentOf(Path path) {
    Path parent = path.getParent();
    return parent == null ? Path.of("/") : parent;
  }
}
