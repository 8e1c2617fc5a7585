package io.letschat.bootstrap.settings;

import ch.qos.logback.classic.Level;
import io.letschat.application.Addresses;
import io.letschat.domain.limit.Limit;
import io.letschat.domain.limit.Rate;
import io.letschat.embeddedpostgres.PostgresAddress;
import io.letschat.gateway.TrustedProxies;
import io.letschat.messaging.mail.ResendSettings;
import io.letschat.messaging.relay.Channels;
import io.letschat.persistence.media.cloudinary.CloudinaryAccount;
import io.letschat.persistence.postgres.DatabaseUrl;
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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads and checks the settings; everything that is wrong is told at once. */
public final class SettingsReader {
  private static final String REQUIRE_PRODUCTION = "REQUIRE_PRODUCTION";

  private final RawSettings rawSettings;

  private SettingsReader(RawSettings rawSettings) {
    this.rawSettings = rawSettings;
  }

  /**
   * @param environment goes before {@code .env}
   * @param folder where {@code .env} is and what relative paths begin at
   */
  public static Settings read(Map<String, String> environment, Path folder, SecureRandom random)
      throws SettingsRefused, IOException {
    var rawSettings = new RawSettings(environment, DotEnv.read(folder.resolve(".env")));
    return new SettingsReader(rawSettings).read(folder, random);
  }

  private Settings read(Path folder, SecureRandom random) throws SettingsRefused, IOException {
    boolean production =
        rawSettings
            .read("NODE_ENV", "development", SettingsReader::nodeEnvironment)
            .orElse("development")
            .equals("production");
    Optional<InetSocketAddress> bind = bind(production);
    Path dataDir =
        folder.resolve(rawSettings.given("DATA_DIR").orElse("data")).toAbsolutePath().normalize();
    Optional<PostgresAddress> database = rawSettings.read("DATABASE_URL", DatabaseUrl::parse);
    Optional<URI> redis = redis();
    Optional<String> redisKey =
        rawSettings.read("REDIS_KEY", Channels.USUAL_KEY, SettingsReader::redisKey);
    Optional<Set<String>> origins = rawSettings.read("CORS_ORIGIN", "", Origins::parse);
    Optional<TrustedProxies> proxies = rawSettings.read("TRUST_PROXY", "", TrustedProxies::parse);
    Optional<Addresses> addresses = new AddressSettings(rawSettings).read();
    Optional<MetricsToken> metricsToken = rawSettings.read("METRICS_TOKEN", MetricsToken::new);
    Map<Limit, Rate> limits = LimitSettings.read(rawSettings, production);
    Optional<Integer> perAddress = rawSettings.number("SOCKETS_PER_ADDRESS", 10_000, 1, 1_000_000);
    Optional<Integer> maxPayload =
        rawSettings.number("SOCKET_MAX_PAYLOAD", 1_000_000, 10_000, 100_000_000);
    var node = new NodeSettings(rawSettings);
    Optional<String> sessionPrefix = node.sessionPrefix();
    Optional<ShutdownTimes> departure = node.departure();
    Optional<Duration> recoveryWindow = node.recoveryWindow();
    var mail = new MailSettings(rawSettings);
    Optional<ResendSettings> resend = mail.resend();
    boolean verifiedOnly = mail.requireVerified(production, resend);
    Optional<CloudinaryAccount> cloudinary = new CloudinarySettings(rawSettings).read();
    Optional<LogSettings> log = log(production);
    var secrets = new SecretSettings(rawSettings);
    if (production) {
      secrets.insist();
    }
    boolean insisted = rawSettings.yesOrNo(REQUIRE_PRODUCTION, false).orElse(false);
    if (insisted && !production) {
      // So that a .env for development does not make of the image what nobody wanted.
      rawSettings.refuse(
          "NODE_ENV: is production wherever REQUIRE_PRODUCTION=true, as in the image; take NODE_ENV"
              + " out of .env, and set JWT_SECRET and SESSION_SECRET.");
    }
    List<String> unread = rawSettings.refuseMisspelt();
    if (!rawSettings.refused().isEmpty()) {
      throw new SettingsRefused(rawSettings.refused());
    }
    if (!production) {
      DataDir.check(dataDir);
    }
    return new Settings(
        production,
        bind.orElseThrow(),
        dataDir,
        database,
        redis,
        redisKey.orElseThrow(),
        secrets.read(new SecretKeeper(dataDir, random)),
        origins.orElseThrow(),
        proxies.orElseThrow(),
        addresses.orElseThrow(),
        metricsToken,
        limits,
        sessionPrefix.orElseThrow(),
        departure.orElseThrow(),
        perAddress.orElseThrow(),
        maxPayload.orElseThrow(),
        recoveryWindow.orElseThrow(),
        resend,
        verifiedOnly,
        cloudinary,
        log.orElseThrow(),
        unread);
  }

  private static String nodeEnvironment(String value) {
    if (value.equals("development") || value.equals("production") || value.equals("test")) {
      return value;
    }
    throw new IllegalArgumentException("is development, production or test.");
  }

  private Optional<InetSocketAddress> bind(boolean production) {
    Optional<Integer> port = rawSettings.number("PORT", 4000, 0, 65535);
    Optional<InetAddress> host =
        rawSettings.read("HOST", production ? "0.0.0.0" : "127.0.0.1", SettingsReader::host);
    return host.flatMap(address -> port.map(number -> new InetSocketAddress(address, number)));
  }

  private static InetAddress host(String value) {
    try {
      return InetAddress.getByName(value);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(
          "is an address of this machine, such as 127.0.0.1 or 0.0.0.0.", e);
    }
  }

  private Optional<URI> redis() {
    Optional<URI> redis = rawSettings.read("REDIS_URL", RedisUrl::parse);
    if (redis.isPresent() && rawSettings.given("DATABASE_URL").isEmpty()) {
      rawSettings.refuse(
          "REDIS_URL: nodes that share rooms need one PostgreSQL for all of them; set DATABASE_URL,"
              + " too, or leave REDIS_URL out.");
    }
    return redis;
  }

  private static String redisKey(String value) {
    if (value.matches("[A-Za-z0-9._:-]{1,64}")) {
      return value;
    }
    throw new IllegalArgumentException(
        "is 1 to 64 letters, digits, . _ : or -, such as letschat2.");
  }

  private Optional<LogSettings> log(boolean production) {
    Optional<Level> level = rawSettings.read("LOG_LEVEL", "info", LogSettings::level);
    Optional<LogSettings.Format> format =
        rawSettings.read("LOG_FORMAT", production ? "json" : "console", LogSettings.Format::parse);
    Optional<Boolean> sql = rawSettings.yesOrNo("LOG_SQL", false);
    Optional<SentryDsn> sentry = rawSettings.read("SENTRY_DSN", SentryDsn::parse);
    return level.flatMap(least ->
        format.flatMap(form -> sql.map(queries -> new LogSettings(least, form, queries, sentry))));
  }
}
