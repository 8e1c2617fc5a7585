package io.letschat.bootstrap.settings;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whether the data folder can be used, asked before anything is put there. */
public final class DataDir {
  /** What may be in it, and is ours alone. */
  private static final List<String> CONTENTS =
      List.of("postgres", "uploads", "tmp", "secrets.properties");

  private static final String SELF = System.getProperty("user.name", "this user");
  private static final int PROBE_BYTES = 8192;

  private DataDir() {}

  /**
   * Makes it where it is missing.
   *
   * @throws SettingsRefused with what is wrong and what to do
   */
  public static void check(Path folder) throws SettingsRefused {
    try {
      Files.createDirectories(
          folder,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      Path probe = Files.createTempFile(folder, "is-writable", "");
      try {
        Files.write(probe, new byte[PROBE_BYTES]);
      } finally {
        Files.delete(probe);
      }
      for (String name : CONTENTS) {
        Path each = folder.resolve(name);
        if (Files.exists(each) && !Files.isWritable(each)) {
          throw new AccessDeniedException(each.toString());
        }
      }
    } catch (IOException e) {
      throw new SettingsRefused(List.of("DATA_DIR: " + sentence(folder, e)));
    }
  }

  private static String sentence(Path folder, IOException e) {
    String reason = String.valueOf(reason(e));
    if (e instanceof FileAlreadyExistsException) {
      return e.getMessage() + " is a file; name a folder.";
    }
    if (reason.contains("No space left on device") || reason.contains("Disk quota exceeded")) {
      return "the disk that holds "
          + folder
          + " is full; free some space there, or name a folder on another disk.";
    }
    if (reason.contains("Read-only file system")) {
      return folder
          + " is on a disk that is mounted read-only; mount it writable, or name a folder on"
          + " another disk.";
    }
    if (e instanceof AccessDeniedException denied) {
      Path named = Path.of(denied.getFile());
      return Files.exists(folder)
          ? forbidden(Files.exists(named) ? named : folder)
          : absent(folder);
    }
    return folder + " cannot be used (" + e + "); name a folder that this user can write to.";
  }

  private static String absent(Path folder) {
    return folder
        + " cannot be made by "
        + SELF
        + ", whom LetsChat runs as; make it as the system's administrator, with `mkdir -p "
        + folder
        + " && chown "
        + SELF
        + " "
        + folder
        + "`, or name another folder.";
  }

  private static String forbidden(Path where) {
    String owner = owner(where);
    if (owner.equals(SELF)) {
      return where + " may not be written to; `chmod -R u+rwX " + where + "` changes that.";
    }
    return where
        + " belongs to the user "
        + owner
        + ", and LetsChat runs as "
        + SELF
        + ", who may not use it; give it to that user with `chown -R "
        + SELF
        + " "
        + where
        + "`, start LetsChat as "
        + owner
        + ", or name another folder.";
  }

  private static String owner(Path where) {
    try {
      return Files.getOwner(where).getName();
    } catch (IOException e) {
      return "somebody else";
    }
  }

  private static @Nullable String reason(IOException e) {
    return e instanceof FileSystemException file && file.getReason() != null
        ? file.getReason()
        : e.getMessage();
  }
}
