package io.letschat.bootstrap.settings;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A {@code .env} file: lines of {@code NAME=value}, an {@code export} before it is ignored, and so
 * are empty lines and those that begin with {@code #}. A value may stand in single quotes, taken as
 * it is, or in double quotes, with {@code \n}, {@code \"} and {@code \\}; unquoted it ends before
 * {@code #}. It is in UTF-8, with or without a byte order mark.
 */
final class DotEnv {
  private record Entry(String value, int line) {}

  private final String fileName;
  private final Map<String, Entry> entries = new LinkedHashMap<>();

  private DotEnv(String fileName) {
    this.fileName = fileName;
  }

  /** Empty if there is no such file. */
  static DotEnv read(Path file) throws IOException, SettingsRefused {
    String name = file.getFileName().toString();
    if (!Files.exists(file)) {
      return new DotEnv(name);
    }
    if (Files.isDirectory(file)) {
      // Docker makes one where a file that is to be mounted does not exist.
      throw refused(
          file.toAbsolutePath() + " is a folder; remove it, and put a file of settings there.");
    }
    try {
      return parse(Files.readAllBytes(file), name);
    } catch (AccessDeniedException e) {
      throw refused(
          file.toAbsolutePath()
              + " may not be read by the user that LetsChat runs as, "
              + System.getProperty("user.name")
              + "; make it theirs, or readable by them.");
    }
  }

  static DotEnv parse(byte[] bytes, String fileName) throws SettingsRefused {
    var file = new DotEnv(fileName);
    int number = 0;
    for (String line : text(bytes, fileName).lines().toList()) {
      number++;
      file.add(line.strip(), number);
    }
    return file;
  }

  Map<String, String> values() {
    Map<String, String> values = new LinkedHashMap<>();
    entries.forEach((name, entry) -> values.put(name, entry.value()));
    return values;
  }

  /** Where the name stands, such as {@code .env, line 3}. */
  Optional<String> place(String name) {
    return Optional.ofNullable(entries.get(name)).map(entry -> place(fileName, entry.line()));
  }

  private static String place(String fileName, int line) {
    return fileName + ", line " + line;
  }

  private static String text(byte[] bytes, String fileName) throws SettingsRefused {
    if (startsWith(bytes, 0xff, 0xfe) || startsWith(bytes, 0xfe, 0xff) || hasZero(bytes)) {
      throw refused(
          fileName + " is in UTF-16, as some editors on Windows write it; save it as UTF-8.");
    }
    int begin = startsWith(bytes, 0xef, 0xbb, 0xbf) ? 3 : 0;
    ByteBuffer rest = ByteBuffer.wrap(bytes, begin, bytes.length - begin);
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(rest).toString();
    } catch (CharacterCodingException e) {
      long line = 1;
      for (int i = 0; i < rest.position(); i++) {
        line += bytes[i] == '\n' ? 1 : 0;
      }
      throw refused(
          place(fileName, (int) line)
              + ": a character that is not in UTF-8, as in a file of Latin-1 or Windows-1252; save"
              + " the file as UTF-8.");
    }
  }

  private static boolean startsWith(byte[] bytes, int... mark) {
    for (int i = 0; i < mark.length; i++) {
      if (i >= bytes.length || (bytes[i] & 0xff) != mark[i]) {
        return false;
      }
    }
    return true;
  }

  private static boolean hasZero(byte[] bytes) {
    for (byte each : bytes) {
      if (each == 0) {
        return true;
      }
    }
    return false;
  }

  private void add(String line, int number) throws SettingsRefused {
    if (line.isEmpty() || line.startsWith("#")) {
      return;
    }
    int equals = line.indexOf('=');
    String name =
        equals < 0 ? "" : line.substring(0, equals).replaceFirst("^export\\s+", "").strip();
    if (!name.matches("[A-Za-z_][A-Za-z0-9_]*")) {
      throw refused(place(fileName, number) + ": not of the form NAME=value.");
    }
    entries.put(name, new Entry(value(line.substring(equals + 1).strip(), number), number));
  }

  private String value(String written, int number) throws SettingsRefused {
    if (written.startsWith("'") || written.startsWith("\"")) {
      char quote = written.charAt(0);
      var value = new StringBuilder();
      for (int i = 1; i < written.length(); i++) {
        char c = written.charAt(i);
        if (c == quote) {
          return value.toString();
        }
        if (c == '\\' && quote == '"' && i + 1 < written.length()) {
          i++;
          value.append(written.charAt(i) == 'n' ? '\n' : written.charAt(i));
        } else {
          value.append(c);
        }
      }
      throw refused(place(fileName, number) + ": the quotation mark is not closed.");
    }
    int comment = written.startsWith("#") ? 0 : written.indexOf(" #");
    return (comment < 0 ? written : written.substring(0, comment)).strip();
  }

  private static SettingsRefused refused(String sentence) {
    return new SettingsRefused(List.of(sentence));
  }
}
