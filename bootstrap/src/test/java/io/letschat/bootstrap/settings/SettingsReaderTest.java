package io.letschat.bootstrap.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsReaderTest {
  @TempDir private Path folder;

  @Test
  void everything_that_is_malformed_is_named_at_once_with_what_is_accepted() {
    assertThatThrownBy(() ->
            read(
                Map.of(
                    "PORT", "http",
                    "SOCKETS_PER_ADDRESS", "many",
                    "SOCKET_MAX_PAYLOAD", "1",
                    "LOG_LEVEL", "loud",
                    "LOG_FORMAT", "xml",
                    "LOG_SQL", "perhaps",
                    "SENTRY_DSN", "https://sentry.example.org/42",
                    "RATE_LIMIT_GENERAL", "often",
                    "CORS_ORIGIN", "*")))
        .isInstanceOf(SettingsRefused.class)
        .hasMessageContaining("PORT: is a number from 0 to 65535.")
        .hasMessageContaining("SOCKETS_PER_ADDRESS: is a number from 1 to 1000000.")
        .hasMessageContaining("SOCKET_MAX_PAYLOAD: is a number from 10000 to 100000000.")
        .hasMessageContaining("LOG_LEVEL: is error, warn, info or debug.")
        .hasMessageContaining("LOG_FORMAT: is console or json.")
        .hasMessageContaining("LOG_SQL: is true or false.")
        .hasMessageContaining("SENTRY_DSN: is what Sentry shows as the DSN of a project")
        .hasMessageContaining("RATE_LIMIT_GENERAL")
        .hasMessageContaining("CORS_ORIGIN");
  }

  @Test
  void what_only_some_installations_set_is_checked_as_well() {
    assertThatThrownBy(() ->
            read(
                Map.of(
                    "NODE_ENV", "staging",
                    "HOST", "[no address]",
                    "REDIS_URL", "redis://127.0.0.1:6379",
                    "RECOVERY_WINDOW", "2h",
                    "REQUIRE_VERIFIED_EMAIL", "perhaps",
                    "CLOUDINARY_UPLOAD_PREFIX", "ftp://files")))
        .isInstanceOf(SettingsRefused.class)
        .hasMessageContaining("NODE_ENV: is development, production or test.")
        .hasMessageContaining("HOST: is an address of this machine, such as 127.0.0.1 or 0.0.0.0.")
        .hasMessageContaining("REDIS_URL: nodes that share rooms need one PostgreSQL")
        .hasMessageContaining("RECOVERY_WINDOW: is a time such as 30s or 2m, 60m at most, or off.")
        .hasMessageContaining("REQUIRE_VERIFIED_EMAIL: is true or false.")
        .hasMessageContaining("CLOUDINARY_UPLOAD_PREFIX: is an address such as https");
  }

  @Test
  void production_insists_on_secrets_of_its_own() {
    assertThatThrownBy(() ->
            read(
                Map.of(
                    "NODE_ENV",
                    "production",
                    "JWT_SECRET",
                    "your-super-secret-jwt-key-change-this")))
        .isInstanceOf(SettingsRefused.class)
        .hasMessageContaining("JWT_SECRET is the sample value")
        .hasMessageContaining("SESSION_SECRET is missing");
    assertThatThrownBy(() -> read(Map.of("NODE_ENV", "production", "RATE_LIMIT_GENERAL", "off")))
        .isInstanceOf(SettingsRefused.class)
        .hasMessageContaining("RATE_LIMIT_GENERAL: a limit cannot be off in production");
  }

  @Test
  void a_node_has_a_name_for_addresses_and_leaves_within_an_hour() {
    assertThatThrownBy(() ->
            read(
                Map.of(
                    "NODE_NAME", "the first",
                    "SHUTDOWN_NOTICE", "5s",
                    "SHUTDOWN_SPREAD", "9999")))
        .isInstanceOf(SettingsRefused.class)
        .hasMessageContaining("NODE_NAME: is 1 to 32 letters, digits, _ or -, such as app1.")
        .hasMessageContaining("SHUTDOWN_NOTICE: is a number of seconds from 0 to 3600.")
        .hasMessageContaining("SHUTDOWN_SPREAD: is a number of seconds from 0 to 3600.");
  }

  @Test
  void a_node_s_name_begins_the_ids_of_its_sessions() throws Exception {
    assertThat(read(Map.of("NODE_NAME", "app1")).sessionPrefix()).isEqualTo("app1.");
    assertThat(read(Map.of()).sessionPrefix()).isEmpty();
  }

  @Test
  void in_development_secrets_are_made_once_and_kept() throws Exception {
    Secrets made = read(Map.of()).secrets();

    assertThat(read(Map.of()).secrets()).isEqualTo(made);
    assertThat(made.jwt()).isNotEqualTo(made.session()).hasSizeGreaterThan(40);
  }

  private Settings read(Map<String, String> environment) throws Exception {
    return SettingsReader.read(environment, folder, new SecureRandom());
  }
}
