package io.letschat.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A disk made of memory, which can be full without doing harm to anybody. */
public final class SmallDisk implements AutoCloseable {
  private final Path path;

  private SmallDisk(Path path) {
    this.path = path;
  }

  /**
   * Empty where this user may not mount one.
   *
   * @param path is made if it is not there
   * @param size such as {@code 256m}
   */
  public static Optional<SmallDisk> mount(Path path, String size) throws IOException {
    Files.createDirectories(path);
    boolean mounted = done("mount", "-t", "tmpfs", "-o", "size=" + size, "tmpfs", path.toString());
    return mounted ? Optional.of(new SmallDisk(path)) : Optional.empty();
  }

  public Path path() {
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
