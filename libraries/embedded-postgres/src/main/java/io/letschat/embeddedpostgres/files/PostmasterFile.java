package io.letschat.embeddedpostgres.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What {@code postmaster.pid} in the cluster says: PostgreSQL writes it while it starts and removes
 * it when it stops in good order. Its lines are those of {@code src/include/utils/pidfile.h} in
 * PostgreSQL's sources.
 *
 * @param pid the server's process id
 * @param port the TCP port; 0 as long as it is not written yet
 * @param ready whether it accepts connections
 */
public record PostmasterFile(long pid, int port, boolean ready) {
  private static final int PID = 0;
  private static final int PORT = 3;
  private static final int STATUS = 7;

  /** Where it is. */
  public static Path in(Path cluster) {
    return cluster.resolve("postmaster.pid");
  }

  /** Empty when there is none, or none that can be understood. */
  public static Optional<PostmasterFile> read(Path cluster) {
    try {
      List<String> lines = Files.readAllLines(in(cluster));
      long pid = Long.parseLong(lines.get(PID).strip());
      int port = lines.size() > PORT ? Integer.parseInt(lines.get(PORT).strip()) : 0;
      boolean ready = lines.size() > STATUS && lines.get(STATUS).strip().equals("ready");
      return Optional.of(new PostmasterFile(pid, port, ready));
    } catch (IOException | IndexOutOfBoundsException | NumberFormatException e) {
      return Optional.empty();
    }
  }
}
