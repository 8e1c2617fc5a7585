package io.letschat.embeddedpostgres.testing;

import java.nio.file.Path;

/** Which of the build's test processes this is. */
public final class TestFork {
  /** PostgreSQL's programs, unpacked once for all tests of this process. */
  public static final Path BINARIES = folder("postgres-binaries");

  private TestFork() {}

  /** A folder that no other test process uses at the same time. */
  public static Path folder(String name) {
    return Path.of("target", name + "-" + System.getProperty("test.fork", "0")).toAbsolutePath();
  }
}
