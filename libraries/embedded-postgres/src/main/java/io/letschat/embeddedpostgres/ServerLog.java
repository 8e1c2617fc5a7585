package io.letschat.embeddedpostgres;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** {@code postgres.log}: what the server says while it runs, and why it did not start. */
final class ServerLog {
  private static final long LARGE_BYTES = 5_000_000;

  private final DataFolder folder;
  private final long startedAt;

  private ServerLog(DataFolder folder, long startedAt) {
    this.folder = folder;
    this.startedAt = startedAt;
  }

  /**
   * The log as it stands before a start; one that has grown large is put aside, and the one before
   * it forgotten.
   */
  static ServerLog beforeStart(DataFolder folder) throws IOException {
    Path file = folder.log();
    if (Files.exists(file) && Files.size(file) > LARGE_BYTES) {
      Files.move(
          file,
          file.resolveSibling(file.getFileName() + ".1"),
          StandardCopyOption.REPLACE_EXISTING);
    }
    return new ServerLog(folder, Files.exists(file) ? Files.size(file) : 0);
  }

  /** Why the server ended before it was ready. */
  PostgresUnavailable whyNotStarted() throws IOException, ServerProcess.PortTaken {
    byte[] all = Files.readAllBytes(folder.log());
    int from = (int) Math.min(startedAt, all.length);
    String said = new String(all, from, all.length - from, StandardCharsets.UTF_8);
    if (said.contains("could not bind") || said.contains("could not create any TCP/IP sockets")) {
      throw new ServerProcess.PortTaken();
    }
    if (PostgresUnavailable.saysDiskFull(said)) {
      return folder.diskFull();
    }
    String reason =
        said.lines()
            .filter(line -> line.contains("FATAL") || line.contains("PANIC"))
            .findFirst()
            .orElse(said.strip());
    return new PostgresUnavailable(
        "The embedded PostgreSQL did not start: " + reason + " (more in " + folder.log() + ")");
  }
}
