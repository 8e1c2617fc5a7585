package io.letschat.embeddedpostgres.testing;

import java.io.IOException;
import java.nio.file.Path;

/** A data folder that was started once and stopped: copying one is faster than making one. */
final class PreparedData {
  private static final Path TEMPLATE = TestFork.folder("prepared-data");

  private static boolean made;

  private PreparedData() {}

  /** The original; it is only to be read. */
  static synchronized Path template() {
    if (!made) {
      EmbeddedPostgres.start(TEMPLATE, EmbeddedPostgresTest.BINARIES).close();
      made = true;
    }
    return TEMPLATE;
  }

  /** Puts a copy where {@code folder} is, which must not exist. */
  static void copyTo(Path folder) throws IOException {
    Process copying =
        new ProcessBuilder("cp", "-Rp", template().toString(), folder.toString())
            .inheritIO()
            .start();
    if (copying.onExit().join().exitValue() != 0) {
      throw new IOException("cannot copy " + TEMPLATE);
    }
  }
}
