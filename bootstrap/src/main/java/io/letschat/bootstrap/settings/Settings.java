package io.letschat.bootstrap.settings;

import io.letschat.application.Addresses;
import io.letschat.domain.limit.Limit;
import io.letschat.domain.limit.Rate;
import io.letschat.embeddedpostgres.PostgresAddress;
import io.letschat.gateway.TrustedProxies;
import io.letschat.messaging.mail.ResendSettings;
import io.letschat.persistence.media.cloudinary.CloudinaryAccount;
import io.letschat.web.metrics.MetricsToken;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How the program is set up; every value has been checked. {@link SettingsReader} reads it from the
 * environment and from {@code .env}.
 *
 * @param production {@code NODE_ENV=production}
 * @param bind {@code HOST} and {@code PORT}; port 0 takes any free one
 * @param dataDir {@code DATA_DIR}, absolute
 * @param database {@code DATABASE_URL}; empty: an embedded PostgreSQL in the data folder
 * @param redis {@code REDIS_URL}; empty: this node is alone
 * @param redisKey {@code REDIS_KEY}: what the channels that are shared with other servers begin
 *     with
 * @param secrets the keys that sign and hash
 * @param friendlyOrigins {@code CORS_ORIGIN}: origins beside our own
 * @param trustedProxies {@code TRUST_PROXY}
 * @param addresses {@code BASE_PATH} and {@code PUBLIC_URL}
 * @param metricsToken {@code METRICS_TOKEN}
 * @param limits {@code RATE_LIMIT_…}; one that is missing is off
 * @param sessionPrefix {@code NODE_NAME} and a full stop, which begin the ids of sessions; empty
 *     without a name
 * @param departure {@code SHUTDOWN_NOTICE} and {@code SHUTDOWN_SPREAD}
 * @param socketsPerAddress {@code SOCKETS_PER_ADDRESS}: open Engine.IO sessions
 * @param socketMaxPayload {@code SOCKET_MAX_PAYLOAD}: bytes of one packet or polling body
 * @param recoveryWindow {@code RECOVERY_WINDOW}: for how long a lost connection can come back;
 *     zero: not at all
 * @param resend {@code RESEND_…}; empty without a key
 * @param requireVerifiedEmail {@code REQUIRE_VERIFIED_EMAIL}
 * @param cloudinary {@code CLOUDINARY_…}; empty: shared files are kept in the data folder
 * @param log {@code LOG_…} and {@code SENTRY_DSN}
 * @param unread a sentence for each name in {@code .env} that is no setting
 */
public record Settings(
    boolean production,
    InetSocketAddress bind,
    Path dataDir,
    Optional<PostgresAddress> database,
    Optional<URI> redis,
    String redisKey,
    Secrets secrets,
    Set<String> friendlyOrigins,
    TrustedProxies trustedProxies,
    Addresses addresses,
    Optional<MetricsToken> metricsToken,
    Map<Limit, Rate> limits,
    String sessionPrefix,
    ShutdownTimes departure,
    int socketsPerAddress,
    int socketMaxPayload,
    Duration recoveryWindow,
    Optional<ResendSettings> resend,
    boolean requireVerifiedEmail,
    Optional<CloudinaryAccount> cloudinary,
    LogSettings log,
    List<String> unread) {}
