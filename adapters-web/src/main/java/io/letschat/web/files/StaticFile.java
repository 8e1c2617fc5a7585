package io.letschat.web.files;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.CRC32C;

/**
 * A file of the program, in memory.
 *
 * @param etag weak (RFC 9110, 8.8.1), as the bytes may be compressed on the way
 */
record StaticFile(byte[] bytes, String type, String etag) {
  /** Every file under a folder of the class path, by its path inside. */
  static Map<String, StaticFile> allIn(String folder) {
    URL found = StaticFile.class.getResource(folder);
    if (found == null) {
      throw new IllegalStateException(
          folder + " is missing on the class path: build the module adapters-web with Maven");
    }
    try {
      URI uri = found.toURI();
      if (!uri.getScheme().equals("jar")) {
        return walk(Path.of(uri));
      }
      try (FileSystem jar = FileSystems.newFileSystem(uri, Map.of())) {
        return walk(jar.getPath(folder));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Every file under a folder, as it is now, by its path inside. */
  static Map<String, StaticFile> walk(Path folder) throws IOException {
    var files = new HashMap<String, StaticFile>();
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.filter(Files::isRegularFile).toList()) {
        String name = folder.relativize(path).toString().replace('\\', '/');
        files.put(name, of(name, Files.readAllBytes(path)));
      }
    }
    return Map.copyOf(files);
  }

  private static StaticFile of(String name, byte[] bytes) {
    var sum = new CRC32C();
    sum.update(bytes);
    String etag = "W/\"" + bytes.length + "-" + HexFormat.of().toHexDigits((int) sum.getValue());
    return new StaticFile(bytes, type(name), etag + "\"");
  }

  private static String type(String name) {
    return switch (name.substring(name.lastIndexOf('.') + 1)) {
      case "css" -> "text/css; charset=utf-8";
      case "js" -> "text/javascript; charset=utf-8";
      case "svg" -> "image/svg+xml";
      case "map" -> "application/json; charset=utf-8";
      default -> "application/octet-stream";
    };
  }
}
