package io.letschat.bootstrap.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.letschat.messaging.mail.ResendSettings;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the settings for mail and verified addresses may be. */
class MailSettingsTest {
  private static final Map<String, String> PRODUCTION =
      Map.of(
          "NODE_ENV", "production",
          "JWT_SECRET", "a-jwt-secret-for-this-test-alone-0123456789",
          "SESSION_SECRET", "a-session-secret-for-this-test-alone-0123456789");

  @TempDir private Path folder;

  @Test
  void without_a_key_nothing_is_mailed_and_nobody_has_to_verify() throws Exception {
    Settings settings = read(Map.of());
    assertThat(settings.resend()).isEmpty();
    assertThat(settings.requireVerifiedEmail()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"re_your_resend_api_key", "re_your_key", "", "  "})
  void the_key_of_the_sample_is_none(String key) throws Exception {
    assertThat(read(Map.of("RESEND_API_KEY", key)).resend()).isEmpty();
  }

  @Test
  void a_key_is_enough() throws Exception {
    assertThat(read(Map.of("RESEND_API_KEY", "re_123")).resend())
        .contains(new ResendSettings("re_123", "onboarding@resend.dev", ResendSettings.RESEND));
  }

  @Test
  void sender_and_service_can_be_others() throws Exception {
    var given =
        Map.of(
            "RESEND_API_KEY", "re_123",
            "RESEND_FROM_EMAIL", "The tea room <tea@example.org>",
            "RESEND_API_URL", "http://127.0.0.1:9/mail/");
    assertThat(read(given).resend())
        .contains(
            new ResendSettings(
                "re_123", "The tea room <tea@example.org>", URI.create("http://127.0.0.1:9/mail")));
  }

  @ParameterizedTest
  @CsvSource({
    "RESEND_API_KEY, re_12 3",
    "RESEND_FROM_EMAIL, nobody",
    "RESEND_FROM_EMAIL, a@example.org>",
    "RESEND_API_URL, api.resend.com",
    "RESEND_API_URL, ftp://api.resend.com",
    "REQUIRE_VERIFIED_EMAIL, perhaps"
  })
  void a_malformed_value_is_named(String name, String value) {
    assertThatThrownBy(() -> read(Map.of(name, value)))
        .isInstanceOf(SettingsRefused.class)
        .hasMessageContaining(name);
  }

  @Test
  void who_must_be_verified_must_be_able_to() throws Exception {
    var wanted = new HashMap<>(PRODUCTION);
    wanted.put("REQUIRE_VERIFIED_EMAIL", "true");
    assertThatThrownBy(() -> read(wanted))
        .isInstanceOf(SettingsRefused.class)
        .hasMessageContaining("RESEND_API_KEY");
    wanted.put("RESEND_API_KEY", "re_123");
    assertThat(read(wanted).requireVerifiedEmail()).isTrue();
  }

  private Settings read(Map<String, String> environment) throws Exception {
    return SettingsReader.read(environment, folder, new SecureRandom());
  }
}
