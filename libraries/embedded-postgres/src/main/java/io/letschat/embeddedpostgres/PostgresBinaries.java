package io.letschat.embeddedpostgres;

import io.letschat.embeddedpostgres.files.DurableFiles;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tukaani.xz.XZInputStream;

/**
 * PostgreSQL's programs, unpacked once per version. They appear under their name only when they are
 * whole, and are looked over at each start, so that neither a kill in the middle nor a power cut
 * leaves half of them in use.
 *
 * @param home the folder with {@code bin}, {@code lib} and {@code share}
 * @param product which they belong to
 */
record PostgresBinaries(Path home, Product product) {
  private static final Logger log = LoggerFactory.getLogger(PostgresBinaries.class);
  private static final String CONTENTS = "contents";
  private static final Pattern UNFINISHED = Pattern.compile("unpacking-(\\d{1,18})-.*");

  static final String PREFIX = "binaries-";

  /**
   * The programs of this version below {@code folder}; unpacks them when they are not there or not
   * whole.
   */
  static PostgresBinaries in(Path folder, Product product) {
    URL archive = archive(product);
    try {
      PostgresBinaries postgresBinaries =
          new PostgresBinaries(folder.resolve(PREFIX + fingerprint(archive)), product);
      synchronized (PostgresBinaries.class) {
        if (!postgresBinaries.isWhole()) {
          postgresBinaries.unpack(archive);
        }
      }
      return postgresBinaries;
    } catch (IOException e) {
      throw product.failure("unpack the programs to " + folder, folder, e);
    }
  }

  String program(String name) {
    return home.resolve("bin").resolve(name).toString();
  }

  /** PostgreSQL's major version, such as 18. */
  String major() {
    Path bootstrap = home.resolve("share/postgresql/postgres.bki");
    try (Stream<String> lines = Files.lines(bootstrap)) {
      return lines.findFirst().orElse("").replaceFirst("^# PostgreSQL ", "").strip();
    } catch (IOException e) {
      throw product.failure("read " + bootstrap, home, e);
    }
  }

  private boolean isWhole() throws IOException {
    Path contents = home.resolve(CONTENTS);
    if (!Files.isRegularFile(contents)) {
      return false;
    }
    for (String line : Files.readAllLines(contents)) {
      int space = line.indexOf(' ');
      Path file = home.resolve(line.substring(space + 1));
      if (!Files.isRegularFile(file)
          || Files.size(file) != Long.parseLong(line.substring(0, space))) {
        return false;
      }
    }
    return true;
  }

  private void unpack(URL archive) throws IOException {
    log.info("Unpacking PostgreSQL to {} (only once, takes some seconds)", home);
    Path parent = home.resolveSibling("");
    Files.createDirectories(parent);
    removeUnfinished(parent);
    Path fresh =
        home.resolveSibling("unpacking-" + ProcessHandle.current().pid() + "-" + UUID.randomUUID());
    try {
      Files.createDirectory(fresh);
      StringBuilder contents = new StringBuilder();
      try (var tar =
          new TarArchiveInputStream(
              new XZInputStream(new BufferedInputStream(archive.openStream())))) {
        for (TarArchiveEntry entry = tar.getNextEntry();
            entry != null;
            entry = tar.getNextEntry()) {
          write(tar, entry, fresh, contents);
        }
      }
      Files.writeString(fresh.resolve(CONTENTS), contents);
      DurableFiles.deleteTree(home);
      DurableFiles.moveForGood(fresh, home);
    } finally {
      DurableFiles.deleteTree(fresh);
    }
  }

  private static void write(
      TarArchiveInputStream tar, TarArchiveEntry entry, Path into, StringBuilder contents)
      throws IOException {
    Path target = into.resolve(entry.getName()).normalize();
    if (!target.startsWith(into)) {
      throw new IOException("a path that leads out of the archive: " + entry.getName());
    }
    if (target.equals(into) || isForDevelopers(entry.getName())) {
      return;
    }
    if (entry.isDirectory()) {
      Files.createDirectories(target);
      return;
    }
    Files.createDirectories(target.resolveSibling(""));
    if (entry.isSymbolicLink()) {
      Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
      return;
    }
    long size = Files.copy(tar, target);
    boolean executable = (entry.getMode() & 0100) != 0;
    Files.setPosixFilePermissions(
        target, PosixFilePermissions.fromString(executable ? "rwxr-xr-x" : "rw-r--r--"));
    contents.append(size).append(' ').append(into.relativize(target)).append('\n');
  }

  private static boolean isForDevelopers(String name) {
    return name.startsWith("include/") || name.endsWith(".a") || name.contains("/pkgconfig/");
  }

  /** Removes what unpackers that no longer run have left behind. */
  private static void removeUnfinished(Path parent) throws IOException {
    List<Path> children;
    try (Stream<Path> all = Files.list(parent)) {
      children = all.toList();
    }
    long self = ProcessHandle.current().pid();
    for (Path child : children) {
      Matcher unfinished = UNFINISHED.matcher(child.getFileName().toString());
      if (unfinished.matches()) {
        long pid = Long.parseLong(unfinished.group(1));
        if (pid == self || ProcessHandle.of(pid).isEmpty()) {
          DurableFiles.deleteTree(child);
        }
      }
    }
  }

  /** Tells archives apart without reading them: the jar's directory knows size and checksum. */
  private static String fingerprint(URL archive) throws IOException {
    URLConnection connection = archive.openConnection();
    if (connection instanceof JarURLConnection jar) {
      return Long.toHexString(jar.getJarEntry().getCrc()) + "-" + jar.getJarEntry().getSize();
    }
    CRC32 crc = new CRC32();
    try (InputStream in = archive.openStream()) {
      byte[] bytes = in.readAllBytes();
      crc.update(bytes);
      return Long.toHexString(crc.getValue()) + "-" + bytes.length;
    }
  }

  private static URL archive(Product product) {
    String system =
        System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("mac") ? "darwin" : "linux";
    String processor =
        switch (System.getProperty("os.arch")) {
          case "aarch64", "arm64" -> "arm_64";
          default -> "x86_64";
        };
    String name = "/postgres-" + system + "-" + processor + ".txz";
    URL found = PostgresBinaries.class.getResource(name);
    if (found == null) {
      throw new PostgresUnavailable(
          "This build brings no PostgreSQL for "
              + system
              + " "
              + processor
              + ". Set "
              + product.databaseUrlSetting()
              + " to a PostgreSQL of your own.");
    }
    return found;
  }
}
