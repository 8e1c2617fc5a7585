package io.letschat.embeddedpostgres;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * One program per data folder. The lock belongs to the process, and the kernel takes it back when
 * the process ends, however it ends; the file stays.
 */
final class FolderLock implements AutoCloseable {
  /**
   * What this process holds. A POSIX lock is lost when the process closes any handle of the file,
   * so a file that is locked here must not even be opened a second time.
   */
  private static final Set<Path> HELD = new HashSet<>();

  private final Path file;
  private final FileChannel channel;

  private FolderLock(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /** Empty when another program, or another part of this one, works in the folder. */
  static Optional<FolderLock> tryTake(DataFolder folder) {
    Path file = folder.lock();
    synchronized (HELD) {
      if (HELD.contains(file)) {
        return Optional.empty();
      }
      try {
        FileChannel channel = open(file);
        if (channel.tryLock() == null) {
          channel.close();
          return Optional.empty();
        }
        channel.truncate(0);
        String pid = Long.toString(ProcessHandle.current().pid());
        channel.write(ByteBuffer.wrap(pid.getBytes(StandardCharsets.US_ASCII)), 0);
        HELD.add(file);
        return Optional.of(new FolderLock(file, channel));
      } catch (IOException e) {
        throw folder.product().failure("lock " + file, folder.root(), e);
      }
    }
  }

  /** What a second start is told. */
  static PostgresUnavailable refusal(DataFolder folder) {
    return new PostgresUnavailable(
        "Another "
            + folder.product().name()
            + holder(folder)
            + " is running on "
            + folder.root().getParent()
            + ". Stop it first, or give this one a "
            + folder.product().dataDirSetting()
            + " of its own.");
  }

  private static FileChannel open(Path file) throws IOException {
    return FileChannel.open(
        file,
        Set.of(CREATE, READ, WRITE),
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
  }

  private static String holder(DataFolder folder) {
    synchronized (HELD) {
      if (HELD.contains(folder.lock())) {
        return " (this very process)";
      }
      try {
        String pid = Files.readString(folder.lock()).strip();
        return pid.isEmpty() ? "" : " (process " + pid + ")";
      } catch (IOException e) {
        return "";
      }
    }
  }

  @Override
  public void close() {
    synchronized (HELD) {
      try {
        channel.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } finally {
        HELD.remove(file);
      }
    }
  }
}
