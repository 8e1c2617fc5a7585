package io.letschat.bootstrap;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads a {@code .env} file: lines of {@code NAME=value}, an {@code export} before it is ignored,
 * and so are empty lines and those that begin with {@code #}. A value may stand in single quotes,
 * taken as it is, or in double quotes, with {@code \n}, {@code \"} and {@code \\}; unquoted it ends
 * before {@code #}.
 */
final class DotEnv {
  private DotEnv() {}

  /** Empty if there is no such file. */
  static Map<String, String> read(Path file) throws IOException, SettingsRefused {
    return Files.isRegularFile(file)
        ? parse(Files.readAllLines(file), file.getFileName().toString())
        : Map.of();
  }

  static Map<String, String> parse(List<String> lines, String fileName) throws SettingsRefused {
    Map<String, String> values = new LinkedHashMap<>();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).strip();
      if (line.isEmpty() || line.startsWith("#")) {
        continue;
      }
      int equals = line.indexOf('=');
      String name =
          equals < 0 ? "" : line.substring(0, equals).replaceFirst("^export\\s+", "").strip();
      if (!name.matches("[A-Za-z_][A-Za-z0-9_]*")) {
        throw new SettingsRefused(
            List.of(fileName + ", line " + (i + 1) + ": not of the form NAME=value."));
      }
      values.put(name, value(line.substring(equals + 1).strip(), fileName, i + 1));
    }
    return values;
  }

  private static String value(String written, String fileName, int line) throws SettingsRefused {
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
      throw new SettingsRefused(
          List.of(fileName + ", line " + line + ": the quotation mark is not closed."));
    }
    int comment = written.startsWith("#") ? 0 : written.indexOf(" #");
    return (comment < 0 ? written : written.substring(0, comment)).strip();
  }
}
