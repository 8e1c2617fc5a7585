package io.letschat.embeddedpostgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;

/**
 * {@code postgres} in the product's data folder, and the names in it. Everything here is readable
 * by its owner alone.
 *
 * @param root the folder's real path, without symbolic links
 * @param product whose data these are
 */
record DataFolder(Path root, Product product) {

  /**
   * Makes the folder where it is missing; the caller holds no lock yet, so nothing in it is
   * touched.
   */
  static DataFolder under(Product product, Path dataDir) {
    Path root = dataDir.toAbsolutePath().normalize().resolve("postgres");
    var ownerOnly =
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
    try {
      Files.createDirectories(root, ownerOnly);
      Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwx------"));
      return new DataFolder(root.toRealPath(), product);
    } catch (IOException e) {
      throw product.failure("prepare the folder " + root, root, e);
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

  PasswordFile superuserPassword() {
    return new PasswordFile(root.resolve("superuser.password"), product);
  }

  PasswordFile applicationPassword() {
    return new PasswordFile(root.resolve("application.password"), product);
  }

  List<Path> named(String prefix) {
    try (Stream<Path> children = Files.list(root)) {
      return children.filter(child -> child.getFileName().toString().startsWith(prefix)).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  PostgresUnavailable diskFull() {
    return product.diskFull(root, null);
  }
}
