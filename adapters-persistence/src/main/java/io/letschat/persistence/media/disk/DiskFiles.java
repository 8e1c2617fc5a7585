package io.letschat.persistence.media.disk;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.WRITE;

import io.letschat.application.media.FileStore;
import io.letschat.application.media.LocalFiles;
import io.letschat.application.media.Rendition;
import io.letschat.domain.media.FileKey;
import io.letschat.domain.media.FileKind;
import io.letschat.domain.media.ObjectName;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Files below one folder, in subfolders by the first two digits of their keys. A file appears whole
 * or not at all, and only the owner of the process can read it. No name comes from outside.
 */
final class DiskFiles implements FileStore, LocalFiles {
  private static final Logger log = LoggerFactory.getLogger(DiskFiles.class);
  private static final String UNFINISHED = ".part";

  private final Path folder;
  private final String path;
  private final boolean posix;

  /**
   * @param path where the files are served, such as {@code /uploads/}
   */
  DiskFiles(Path folder, String path) {
    this.folder = folder;
    this.path = path;
    this.posix = folder.getFileSystem().supportedFileAttributeViews().contains("posix");
  }

  @Override
  public Placing place(FileKey key, Rendition full, Optional<Rendition> thumbnail) {
    try {
      ObjectName name = keep(ObjectName.of(key, full.kind()), full.file());
      Optional<String> small = Optional.empty();
      if (thumbnail.isPresent()) {
        Rendition rendition = thumbnail.get();
        small =
            Optional.of(
                path + keep(ObjectName.thumbnailOf(key, rendition.kind()), rendition.file()));
      }
      return new Placed(path + name, small);
    } catch (IOException e) {
      log.error("A shared file could not be stored below {}", folder, e);
      return new Unavailable(false);
    }
  }

  private ObjectName keep(ObjectName name, Path source) throws IOException {
    Path file = file(name);
    Files.createDirectories(folder, permissions("rwx------"));
    Files.createDirectories(file.getParent(), permissions("rwx------"));
    Path unfinished = file.resolveSibling(name + UNFINISHED);
    try (FileChannel from = FileChannel.open(source);
        FileChannel to =
            FileChannel.open(unfinished, Set.of(CREATE_NEW, WRITE), permissions("rw-------"))) {
      ByteBuffer buffer = ByteBuffer.allocate(64 * 1024);
      while (from.read(buffer) >= 0) {
        buffer.flip();
        while (buffer.hasRemaining()) {
          to.write(buffer);
        }
        buffer.clear();
      }
      to.force(true);
    } catch (IOException e) {
      // What is left of it would keep a full disk full.
      removeQuietly(unfinished);
      throw e;
    }
    Files.move(unfinished, file, ATOMIC_MOVE);
    return name;
  }

  private static void removeQuietly(Path unfinished) {
    try {
      Files.deleteIfExists(unfinished);
    } catch (IOException e) {
      log.warn("{} could not be removed: {}", unfinished, e.toString());
    }
  }

  @Override
  public boolean remove(FileKey key, FileKind kind) {
    Path subfolder = subfolder(key);
    if (!Files.isDirectory(subfolder)) {
      return true;
    }
    try (var files = Files.newDirectoryStream(subfolder, key.value() + "*")) {
      for (Path file : files) {
        Files.deleteIfExists(file);
      }
      return true;
    } catch (IOException e) {
      log.warn("A file could not be removed below {}", folder, e);
      return false;
    }
  }

  @Override
  public Optional<Content> open(ObjectName name) {
    Path file = file(name);
    try {
      long length = Files.size(file);
      return Optional.of(new Content(Files.newInputStream(file), length));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      log.error("A shared file cannot be read below {}", folder, e);
      return Optional.empty();
    }
  }

  private Path file(ObjectName name) {
    return subfolder(name.key()).resolve(name.text());
  }

  private Path subfolder(FileKey key) {
    return folder.resolve(key.value().substring(0, 2));
  }

  private FileAttribute<?>[] permissions(String rwx) {
    if (!posix) {
      return new FileAttribute<?>[0];
    }
    Set<PosixFilePermission> permissions = PosixFilePermissions.fromString(rwx);
    return new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(permissions)};
  }
}
