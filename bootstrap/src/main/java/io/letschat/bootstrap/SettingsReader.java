package io.letschat.bootstrap;

import ch.qos.logback.classic.Level;
import io.letschat.domain.InvalidValueException;
import io.letschat.domain.limit.Limit;
import io.letschat.domain.limit.Rate;
import io.letschat.messaging.front.TrustedProxies;
import io.letschat.messaging.mail.ResendSettings;
import io.letschat.persistence.media.cloudinary.CloudinaryAccount;
import io.letschat.persistence.postgres.DatabaseUrl;
import io.letschat.persistence.postgres.PostgresAddress;
import io.letschat.persistence.redis.RedisUrl;
import io.letschat.web.metrics.MetricsToken;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads and checks the settings; everything that is wrong is told at once. */
final class SettingsReader {
  private static final Pattern SPAN = Pattern.compile("([0-9]{1,4})([sm])");
  private static final Duration LONGEST_WINDOW = Duration.ofHours(1);

  private final Map<String, String> values;
  private final Path folder;
  private final SecureRandom random;
  private final List<String> refused = new ArrayList<>();

  private SettingsReader(Map<String, String> values, Path folder, SecureRandom random) {
    this.values = values;
    this.folder = folder;
    this.random = random;
  }

  /**
   * @param environment goes before {@code .env}
   * @param folder where {@code .env} is and what relative paths begin at
   */
  static Settings read(Map<String, String> environment, Path folder, SecureRandom random)
      throws SettingsRefused, IOException {
    Map<String, String> values = new HashMap<>(DotEnv.read(folder.resolve(".env")));
    values.putAll(environment);
    return new SettingsReader(values, folder, random).read();
  }

  private Settings read() throws SettingsRefused, IOException {
    boolean production =
        read("NODE_ENV", "development", this::nodeEnvironment)
            .orElse("development")
            .equals("production");
    Optional<Integer> port = read("PORT", "4000", SettingsReader::port);
    Optional<InetAddress> host =
        read("HOST", production ? "0.0.0.0" : "127.0.0.1", SettingsReader::host);
    Optional<PostgresAddress> database =
        given("DATABASE_URL").flatMap(url -> read("DATABASE_URL", url, DatabaseUrl::parse));
    Optional<Set<String>> origins = read("CORS_ORIGIN", "", SettingsReader::origins);
    Optional<TrustedProxies> proxies = read("TRUST_PROXY", "", TrustedProxies::parse);
    Optional<MetricsToken> metricsToken =
        given("METRICS_TOKEN").flatMap(token -> read("METRICS_TOKEN", token, MetricsToken::new));
    Map<Limit, Rate> limits = limits(production);
    Path dataDir = folder.resolve(given("DATA_DIR").orElse("data")).toAbsolutePath().normalize();
    Optional<URI> redis =
        given("REDIS_URL").flatMap(url -> read("REDIS_URL", url, RedisUrl::parse));
    if (redis.isPresent() && given("DATABASE_URL").isEmpty()) {
      refused.add(
          "REDIS_URL: nodes that share rooms need one PostgreSQL for all of them; set DATABASE_URL,"
              + " too, or leave REDIS_URL out.");
    }
    Optional<ResendSettings> resend = resend();
    boolean verifiedOnly =
        read("REQUIRE_VERIFIED_EMAIL", "false", SettingsReader::yesOrNo).orElse(false);
    if (verifiedOnly && production && resend.isEmpty()) {
      refused.add(
          "REQUIRE_VERIFIED_EMAIL: nobody can verify an address while no mail is sent; set RESEND_API_KEY too.");
    }
    Optional<CloudinaryAccount> cloudinary =
        new CloudinarySettings(this::given, refused::add).read();
    Optional<Integer> perAddress =
        read("SOCKETS_PER_ADDRESS", "10000", value -> number(value, 1, 1_000_000));
    Optional<Integer> maxPayload =
        read("SOCKET_MAX_PAYLOAD", "1000000", value -> number(value, 10_000, 100_000_000));
    Optional<LogSettings> log = log(production);
    Optional<String> sessionPrefix =
        given("NODE_NAME")
            .map(name -> read("NODE_NAME", name, SettingsReader::nodeName))
            .orElse(Optional.of(""));
    Optional<Duration> notice = read("SHUTDOWN_NOTICE", "0", SettingsReader::seconds);
    Optional<Duration> spread = read("SHUTDOWN_SPREAD", "0", SettingsReader::seconds);
    Optional<Duration> recoveryWindow =
        read("RECOVERY_WINDOW", "2m", SettingsReader::recoveryWindow);
    var keys = new SecretKeeper(dataDir, random);
    Optional<Secrets> secrets = production ? givenSecrets() : Optional.empty();
    if (!refused.isEmpty()) {
      throw new SettingsRefused(refused);
    }
    return new Settings(
        production,
        new InetSocketAddress(host.orElseThrow(), port.orElseThrow()),
        dataDir,
        database,
        redis,
        secrets.isPresent()
            ? secrets.get()
            : keys.fillIn(usable("JWT_SECRET"), usable("SESSION_SECRET")),
        origins.orElseThrow(),
        proxies.orElseThrow(),
        metricsToken,
        limits,
        sessionPrefix.orElseThrow(),
        new Departure.Times(notice.orElseThrow(), spread.orElseThrow()),
        perAddress.orElseThrow(),
        maxPayload.orElseThrow(),
        recoveryWindow.orElseThrow(),
        resend,
        verifiedOnly,
        cloudinary,
        log.orElseThrow());
  }

  private Optional<LogSettings> log(boolean production) {
    Optional<Level> level = read("LOG_LEVEL", "info", LogSettings::level);
    Optional<LogSettings.Format> format =
        read("LOG_FORMAT", production ? "json" : "console", LogSettings.Format::parse);
    Optional<Boolean> sql = read("LOG_SQL", "false", SettingsReader::yesOrNo);
    Optional<SentryDsn> sentry =
        given("SENTRY_DSN").flatMap(dsn -> read("SENTRY_DSN", dsn, SentryDsn::parse));
    return level.flatMap(least ->
        format.flatMap(form -> sql.map(queries -> new LogSettings(least, form, queries, sentry))));
  }

  /** The key of the sample is none. */
  private Optional<ResendSettings> resend() {
    Optional<String> key = given("RESEND_API_KEY").filter(value -> !value.startsWith("re_your"));
    Optional<String> from =
        read("RESEND_FROM_EMAIL", "onboarding@resend.dev", SettingsReader::sender);
    Optional<URI> api =
        read("RESEND_API_URL", ResendSettings.RESEND.toString(), SettingsReader::httpAddress);
    return key.flatMap(secret -> read("RESEND_API_KEY", "", SettingsReader::headerText))
        .flatMap(secret ->
            from.flatMap(
                sender -> api.map(address -> new ResendSettings(secret, sender, address))));
  }

  private static int number(String value, int least, int most) {
    if (value.matches("[0-9]{1,9}")
        && Integer.parseInt(value) >= least
        && Integer.parseInt(value) <= most) {
      return Integer.parseInt(value);
    }
    throw new IllegalArgumentException("is a number from " + least + " to " + most + ".");
  }

  private static Duration seconds(String value) {
    try {
      return Duration.ofSeconds(number(value, 0, 3600));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("is a number of seconds from 0 to 3600.", e);
    }
  }

  /** With the full stop that ends it, so that no name is the beginning of another. */
  private static String nodeName(String value) {
    if (value.matches("[A-Za-z0-9_-]{1,32}")) {
      return value + ".";
    }
    throw new IllegalArgumentException("is 1 to 32 letters, digits, _ or -, such as app1.");
  }

  private static Duration recoveryWindow(String value) {
    Matcher written = SPAN.matcher(value);
    if (value.equals("off") || value.equals("0")) {
      return Duration.ZERO;
    }
    if (written.matches()) {
      long number = Long.parseLong(written.group(1));
      Duration window =
          written.group(2).equals("s") ? Duration.ofSeconds(number) : Duration.ofMinutes(number);
      if (window.compareTo(LONGEST_WINDOW) <= 0) {
        return window;
      }
    }
    throw new IllegalArgumentException("is a time such as 30s or 2m, 60m at most, or off.");
  }

  private static String headerText(String value) {
    if (value.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
      return value;
    }
    throw new IllegalArgumentException("is a key such as re_123abc, without spaces.");
  }

  private static String sender(String value) {
    if (value.matches("[^\\s<>@]+@[^\\s<>@]+|[^<>@\\p{Cntrl}]+ <[^\\s<>@]+@[^\\s<>@]+>")) {
      return value;
    }
    throw new IllegalArgumentException(
        "is an address such as chat@example.org or LetsChat <chat@example.org>.");
  }

  private static URI httpAddress(String value) {
    try {
      URI uri = URI.create(value.replaceFirst("/+$", ""));
      if (List.of("http", "https").contains(String.valueOf(uri.getScheme()))
          && uri.getHost() != null
          && uri.getRawQuery() == null
          && uri.getRawFragment() == null) {
        return uri;
      }
    } catch (IllegalArgumentException notAUri) {
      // Told below.
    }
    throw new IllegalArgumentException("is an address such as https://api.resend.com.");
  }

  private static boolean yesOrNo(String value) {
    return switch (value.toLowerCase(Locale.ROOT)) {
      case "true", "1", "yes", "on" -> true;
      case "false", "0", "no", "off" -> false;
      default -> throw new IllegalArgumentException("is true or false.");
    };
  }

  private Optional<Secrets> givenSecrets() {
    for (String name : List.of("JWT_SECRET", "SESSION_SECRET")) {
      if (usable(name).isEmpty()) {
        refused.add(
            name
                + (given(name).isEmpty()
                    ? " is missing"
                    : " is the sample value, which everybody knows")
                + ": in production set it to a long random string of your own, for example the output of"
                + " `openssl rand -base64 48`.");
      }
    }
    return usable("JWT_SECRET")
        .flatMap(jwt -> usable("SESSION_SECRET").map(session -> new Secrets(jwt, session)));
  }

  /** A secret that is not one of the samples that stand in public. */
  private Optional<String> usable(String name) {
    return given(name)
        .filter(secret -> {
          String lower = secret.toLowerCase(Locale.ROOT);
          return !lower.startsWith("your-")
              && !lower.contains("change-this")
              && !lower.contains("changeme");
        });
  }

  private Map<Limit, Rate> limits(boolean production) {
    Map<Limit, Rate> limits = new EnumMap<>(Limit.class);
    for (Limit limit : Limit.values()) {
      Optional<String> written = given(limit.setting());
      if (written.isEmpty()) {
        limits.put(limit, limit.defaultRate());
      } else if (written.get().equals("off") && production) {
        refused.add(
            limit.setting()
                + ": a limit cannot be off in production; give a rate such as 1000/15m.");
      } else {
        read(limit.setting(), written.get(), value -> Rate.parse(limit.setting(), value))
            .flatMap(rate -> rate)
            .ifPresent(rate -> limits.put(limit, rate));
      }
    }
    return limits;
  }

  /** The value, or the default; empty if it was refused, which is then noted. */
  private <T> Optional<T> read(String name, String usual, Function<String, T> parse) {
    try {
      return Optional.of(parse.apply(given(name).orElse(usual)));
    } catch (InvalidValueException e) {
      refused.add(e.sentence());
    } catch (IllegalArgumentException e) {
      refused.add(name + ": " + e.getMessage());
    }
    return Optional.empty();
  }

  /** An empty value is none. */
  private Optional<String> given(String name) {
    return Optional.ofNullable(values.get(name))
        .map(String::strip)
        .filter(value -> !value.isEmpty());
  }

  private String nodeEnvironment(String value) {
    if (value.equals("development") || value.equals("production") || value.equals("test")) {
      return value;
    }
    throw new IllegalArgumentException("is development, production or test.");
  }

  private static int port(String value) {
    if (value.matches("[0-9]{1,5}") && Integer.parseInt(value) <= 65535) {
      return Integer.parseInt(value);
    }
    throw new IllegalArgumentException("is a number from 0 to 65535.");
  }

  private static InetAddress host(String value) {
    try {
      return InetAddress.getByName(value);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(
          "is an address of this machine, such as 127.0.0.1 or 0.0.0.0.", e);
    }
  }

  private static Set<String> origins(String value) {
    Set<String> origins = new LinkedHashSet<>();
    for (String part : value.split(",")) {
      if (!part.isBlank()) {
        origins.add(origin(part.strip()));
      }
    }
    return origins;
  }

  /** As browsers write it in the header Origin: lower case, no path, no default port. */
  private static String origin(String written) {
    try {
      URI uri =
          URI.create(written.endsWith("/") ? written.substring(0, written.length() - 1) : written);
      String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
      boolean isOrigin =
          (scheme.equals("http") || scheme.equals("https"))
              && uri.getHost() != null
              && uri.getRawPath().isEmpty()
              && uri.getRawQuery() == null
              && uri.getRawFragment() == null
              && uri.getRawUserInfo() == null;
      if (isOrigin) {
        boolean usualPort =
            uri.getPort() == (scheme.equals("http") ? 80 : 443) || uri.getPort() < 0;
        return scheme
            + "://"
            + uri.getHost().toLowerCase(Locale.ROOT)
            + (usualPort ? "" : ":" + uri.getPort());
      }
    } catch (IllegalArgumentException notAUri) {
      // Told below, like everything else that is no origin.
    }
    throw new IllegalArgumentException(
        "is a comma list of origins such as https://chat.example.org or http://localhost:3000; a * is not accepted.");
  }
}
