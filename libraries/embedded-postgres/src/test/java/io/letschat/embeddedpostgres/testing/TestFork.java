package io.letschat.embeddedpostgres.testing;

import java.nio.file.Path;

/** Which of the build's test processes this is. */
final class TestFork {
  private TestFork() {}

  /** A folder that no other test process uses at the same time. */
  static Path folder(String name) {
    return Path.of("target", name + "-" + System.getProperty("test.fork", "0")).toAbsolutePath();
  }
}
