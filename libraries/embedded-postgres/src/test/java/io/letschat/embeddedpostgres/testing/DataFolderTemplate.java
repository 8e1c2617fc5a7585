package io.letschat.embeddedpostgres.testing;

import io.letschat.embeddedpostgres.EmbeddedPostgres;
import io.letschat.embeddedpostgres.Product;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

/** A data folder that was started once and stopped: copying one is faster than making one. */
public final class DataFolderTemplate {
  private static final Set<Path> MADE = new HashSet<>();

  private DataFolderTemplate() {}

  /** The original; it is only to be read. */
  public static synchronized Path template(Product product) {
    Path template = TestFork.folder("prepared-" + product.database());
    if (MADE.add(template)) {
      EmbeddedPostgres.start(product, template, TestFork.BINARIES).close();
    }
    return template;
  }

  /** Puts a copy where {@code folder} is, which must not exist. */
  public static void copyTo(Path folder, Product product) throws IOException {
    Path template = template(product);
    Process copying =
        new ProcessBuilder("cp", "-Rp", template.toString(), folder.toString()).inheritIO().start();
    if (copying.onExit().join().exitValue() != 0) {
      throw new IOException("cannot copy " + template);
    }
  }
}
