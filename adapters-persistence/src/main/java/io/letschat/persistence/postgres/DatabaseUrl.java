package io.letschat.persistence.postgres;

import io.letschat.embeddedpostgres.PostgresAddress;
import java.io.ByteArrayOutputStream;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code DATABASE_URL}: {@code postgresql://user:password@host:port/database?name=value},
 * percent-encoded as libpq's connection URIs are, or a JDBC URL of the Postgres driver. Parameters
 * are passed on to the driver under its names; where it has another name than libpq for the same
 * thing, libpq's is understood.
 *
 * @see <a href="https://www.postgresql.org/docs/current/libpq-connect.html">libpq: connection
 *     URIs</a>
 */
public final class DatabaseUrl {
  private static final String EXPECTED =
      "expected something like postgresql://user:password@localhost:5432/letschat.";
  private static final Pattern SHAPE =
      Pattern.compile(
          "postgres(?:ql)?://(?:(?<user>[^:@/?#]*)(?::(?<password>[^@/?#]*))?@)?"
              + "(?<hosts>[^@/?#]*)(?:/(?<database>[^@/?#]*))?(?:\\?(?<parameters>[^#]*))?");
  private static final Pattern HOST =
      Pattern.compile("(?<name>\\[[0-9A-Fa-f:.]+]|[A-Za-z0-9._-]+)(?::(?<port>[0-9]{1,5}))?");
  private static final Map<String, String> DRIVER_NAMES =
      Map.of("application_name", "ApplicationName", "connect_timeout", "connectTimeout");

  private DatabaseUrl() {}

  /**
   * @throws IllegalArgumentException with a sentence that says what is wrong and never repeats the
   *     password
   */
  public static PostgresAddress parse(String url) {
    return url.startsWith("jdbc:") ? jdbc(url) : libpq(url);
  }

  private static PostgresAddress jdbc(String url) {
    if (!url.startsWith("jdbc:postgresql:")) {
      throw wrong("only PostgreSQL will do");
    }
    int question = url.indexOf('?');
    if (question < 0) {
      return new PostgresAddress(url, System.getProperty("user.name", ""), "");
    }
    return address(url.substring(0, question), parameters(url.substring(question + 1)), "", "");
  }

  private static PostgresAddress libpq(String url) {
    Matcher parts = SHAPE.matcher(url);
    if (!parts.matches()) {
      throw wrong(
          url.startsWith("postgres://") || url.startsWith("postgresql://")
              ? "a part of it cannot be read; characters such as @ : / ? # in a user name or"
                  + " password must be percent-encoded"
              : "it does not begin with postgresql://");
    }
    String database = orEmpty(parts.group("database"));
    if (database.isEmpty()) {
      throw wrong("the name of the database is missing");
    }
    return address(
        "jdbc:postgresql://"
            + hosts(parts.group("hosts"))
            + "/"
            + encoded(decoded(database, "database")),
        parameters(orEmpty(parts.group("parameters"))),
        decoded(orEmpty(parts.group("user")), "user"),
        decoded(orEmpty(parts.group("password")), "password"));
  }

  private static PostgresAddress address(
      String base, Map<String, String> parameters, String user, String password) {
    String givenUser = parameters.remove("user");
    String givenPassword = parameters.remove("password");
    String query =
        parameters.entrySet().stream()
            .map(entry -> encoded(entry.getKey()) + "=" + encoded(entry.getValue()))
            .collect(Collectors.joining("&"));
    if (user.isEmpty()) {
      // As libpq has it: who does not say is who runs the program.
      user = givenUser != null ? givenUser : System.getProperty("user.name", "");
    }
    if (password.isEmpty() && givenPassword != null) {
      password = givenPassword;
    }
    return new PostgresAddress(query.isEmpty() ? base : base + "?" + query, user, password);
  }

  private static String hosts(String hosts) {
    if (hosts.isEmpty()) {
      return "localhost";
    }
    for (String host : hosts.split(",", -1)) {
      Matcher parts = HOST.matcher(host);
      if (!parts.matches()) {
        throw wrong("what stands before the database is not a host, or a host and a port");
      }
      String port = parts.group("port");
      if (port != null && (Integer.parseInt(port) < 1 || Integer.parseInt(port) > 65_535)) {
        throw wrong("the port " + port + " is not between 1 and 65535");
      }
    }
    return hosts;
  }

  private static Map<String, String> parameters(String query) {
    Map<String, String> parameters = new LinkedHashMap<>();
    for (String parameter : query.split("&")) {
      if (parameter.isEmpty()) {
        continue;
      }
      int equals = parameter.indexOf('=');
      if (equals <= 0) {
        throw wrong("a parameter after the ? is not of the form name=value");
      }
      String name = decoded(parameter.substring(0, equals), "parameter's name");
      String value = decoded(parameter.substring(equals + 1), name);
      parameters.put(DRIVER_NAMES.getOrDefault(name, name), value);
    }
    return parameters;
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /** RFC 3986: unlike in forms, a plus is a plus. */
  private static String decoded(String text, String what) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    byte[] from = text.getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < from.length; i++) {
      if (from[i] != '%') {
        bytes.write(from[i]);
        continue;
      }
      int high = i + 2 < from.length ? Character.digit(from[i + 1], 16) : -1;
      int low = i + 2 < from.length ? Character.digit(from[i + 2], 16) : -1;
      if (high < 0 || low < 0) {
        throw wrong("in the " + what + " a % is not followed by two hexadecimal digits");
      }
      bytes.write(high * 16 + low);
      i += 2;
    }
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(bytes.toByteArray()))
          .toString();
    } catch (CharacterCodingException e) {
      throw wrong("the " + what + " is not UTF-8");
    }
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }

  private static IllegalArgumentException wrong(String what) {
    return new IllegalArgumentException(what + "; " + EXPECTED);
  }
}
