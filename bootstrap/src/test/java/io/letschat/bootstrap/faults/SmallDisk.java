package io.letschat.bootstrap.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A disk made of memory, which can be full without doing harm to anybody. */
final class SmallDisk implements AutoCloseable {
  private static final String SIZE = "256m";

  private final Path path;

  private SmallDisk(Path path) {
    this.path = path;
  }

  /** Empty where this user may not mount one. */
  static Optional<SmallDisk> mount(Path path) throws IOException {
    Files.createDirectory(path);
    boolean mounted = done("mount", "-t", "tmpfs", "-o", "size=" + SIZE, "tmpfs", path.toString());
    return mounted ? Optional.of(new SmallDisk(path)) : Optional.empty();
  }

  Path path() {
    return path;
  }

  @Override
  public void close() {
    if (!done("umount", path.toString())) {
      throw new AssertionError(path + " is still mounted");
    }
  }

  private static boolean done(String... command) {
    try {
      Process process = new ProcessBuilder(command).inheritIO().start();
      return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
    } catch (IOException noSuchProgram) {
      return false;
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
