package io.letschat.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.letschat.bootstrap.settings.Settings;
import io.letschat.bootstrap.settings.SettingsReader;
import io.letschat.bootstrap.settings.SettingsRefused;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A misspelt setting was once passed over without a word. */
class MisspeltSettingsTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({
    "RATE_LIMIT_RAED, RATE_LIMIT_READ",
    "PROT, PORT",
    "port, PORT",
    "PORTS, PORT",
    "DATABASE_URI, DATABASE_URL",
    "JWT_SECERT, JWT_SECRET",
    "REQUIRE_VERIFED_MAIL, REQUIRE_VERIFIED_EMAIL",
    "SENTRY_DNS, SENTRY_DSN"
  })
  void in_the_file_it_is_named_with_its_line_and_what_was_meant(String written, String meant) {
    assertThatThrownBy(() -> read(Map.of(), "HOST=127.0.0.1", written + "=4001"))
        .isInstanceOf(SettingsRefused.class)
        .hasMessage(
            ".env, line 2: " + written + " is no setting of LetsChat; write " + meant + ".");
  }

  @ParameterizedTest
  @CsvSource({"RATE_LIMIT_RAED, RATE_LIMIT_READ", "PROT, PORT", "REDIS_URI, REDIS_URL"})
  void in_the_environment_it_is_named_too(String written, String meant) {
    assertThatThrownBy(() -> read(Map.of(written, "1")))
        .isInstanceOf(SettingsRefused.class)
        .hasMessageContaining(
            written + " in the environment is no setting of LetsChat; write " + meant);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HOME",
        "HOSTNAME",
        "HOSTS",
        "POST",
        "NODE_OPTIONS",
        "NODE_PATH",
        "PORTAL",
        "LOGNAME",
        "LOG_LEVELS_OF_OTHERS",
        "XDG_DATA_DIRS",
        "MAIL",
        "CLOUDINARY_URL",
        "LETSCHAT_JAVA_OPTS"
      })
  void what_others_have_in_the_environment_is_theirs(String name) throws Exception {
    assertThat(read(Map.of(name, "1")).unread()).isEmpty();
  }

  @Test
  void a_name_beside_the_right_one_is_somebody_else_s() throws Exception {
    read(Map.of("DATABASE_URI", "x", "DATABASE_URL", "postgresql://a:b@localhost/c"));
  }

  @Test
  void a_limit_that_there_is_not_is_answered_with_those_that_there_are() {
    assertThatThrownBy(() -> read(Map.of(), "RATE_LIMIT_EVERYTHING=1/1s"))
        .hasMessageStartingWith(".env, line 1: RATE_LIMIT_EVERYTHING is no limit; there are")
        .hasMessageContaining("RATE_LIMIT_MESSAGE");
    assertThatThrownBy(() -> read(Map.of("RATE_LIMIT_EVERYTHING", "1/1s")))
        .hasMessageStartingWith("RATE_LIMIT_EVERYTHING in the environment is no limit");
  }

  @Test
  void what_nobody_reads_is_told_but_stops_nothing() throws Exception {
    List<String> unread =
        read(Map.of(), "SMTP_HOST=mail", "POSTGRES_PASSWORD=x", "COMPOSE_PROJECT_NAME=y").unread();

    assertThat(unread).containsExactly(".env, line 1: SMTP_HOST is no setting of LetsChat.");
  }

  @Test
  void a_value_that_is_refused_is_found_by_its_line_unless_the_environment_has_another() {
    assertThatThrownBy(() -> read(Map.of(), "", "PORT=http"))
        .hasMessage(".env, line 2: PORT: is a number from 0 to 65535.");
    assertThatThrownBy(() -> read(Map.of("PORT", "http"), "PORT=4001"))
        .hasMessage("PORT: is a number from 0 to 65535.");
  }

  @Test
  void all_that_is_in_the_sample_file_is_known() throws Exception {
    Pattern setting = Pattern.compile("#?([A-Z_]+=).*");
    String[] names =
        Files.readAllLines(Path.of("..", ".env.example")).stream()
            .map(setting::matcher)
            .filter(Matcher::matches)
            .map(line -> line.group(1))
            .toArray(String[]::new);

    assertThat(names).hasSizeGreaterThan(20);
    assertThat(read(Map.of(), names).unread()).isEmpty();
  }

  /** The image once ran as development, with everybody's codes at the mailbox page. */
  @Test
  void where_production_is_insisted_on_a_file_cannot_make_development_of_it() throws IOException {
    Map<String, String> image = Map.of("REQUIRE_PRODUCTION", "true", "NODE_ENV", "development");
    assertThatThrownBy(() -> read(image))
        .isInstanceOf(SettingsRefused.class)
        .hasMessageContaining("NODE_ENV: is production wherever REQUIRE_PRODUCTION=true")
        .hasMessageContaining("JWT_SECRET");
    assertThatThrownBy(() -> read(Map.of("REQUIRE_PRODUCTION", "true")))
        .hasMessageContaining("NODE_ENV: is production");
    assertThatThrownBy(() -> read(Map.of("REQUIRE_PRODUCTION", "true", "NODE_ENV", "production")))
        .hasMessageContaining("JWT_SECRET is missing")
        .hasMessageNotContaining("REQUIRE_PRODUCTION");
    assertThat(Files.readString(Path.of("..", "Dockerfile"))).contains("REQUIRE_PRODUCTION=true");
    assertThat(Files.readAllLines(Path.of("..", ".env.example")))
        .noneMatch(line -> line.startsWith("NODE_ENV") || line.startsWith("HOST"));
  }

  private Settings read(Map<String, String> environment, String... lines) throws Exception {
    Files.write(folder.resolve(".env"), List.of(lines));
    return SettingsReader.read(environment, folder, new SecureRandom());
  }
}
