package io.letschat.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.letschat.application.account.code.CodeMail.Sending;
import io.letschat.domain.limit.Limit;
import io.letschat.domain.limit.Rate;
import io.letschat.web.RunningSite.Answer;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class VerificationApiTest {
  private static final String REQUEST = "/api/auth/requestOTP";
  private static final String VERIFY = "/api/auth/verifyEmail";

  private final RunningSite site = new RunningSite();
  private final String[] ada = RunningSite.by(site.signedUp("ada"));

  @AfterEach
  void stop() {
    site.close();
  }

  @Test
  void the_mailed_code_verifies_the_address_and_the_banner_goes() {
    assertThat(site.get("/dashboard", ada).body()).contains("not verified yet");
    Answer asked = site.json(REQUEST, "{}", ada);
    assertThat(asked.status()).isEqualTo(200);
    assertThat(asked.json().get("redirect").asText()).isEqualTo("/verify-email");

    Answer verified = verify(code());

    assertThat(verified.status()).isEqualTo(200);
    assertThat(site.get("/api/auth/me", ada).json().at("/user/is_verified").asBoolean()).isTrue();
    assertThat(site.get("/dashboard", ada).body()).doesNotContain("not verified yet");
    assertThat(site.get("/verify-email", ada).header("Location")).isEqualTo("/dashboard");
  }

  @Test
  void a_wrong_code_verifies_nothing() {
    site.json(REQUEST, "{}", ada);
    Answer wrong = verify(code().equals("000000") ? "000001" : "000000");

    assertThat(wrong.status()).isEqualTo(400);
    assertThat(wrong.code()).isEqualTo("invalid_code");
    assertThat(site.get("/api/auth/me", ada).json().at("/user/is_verified").asBoolean()).isFalse();
  }

  @Test
  void nobody_asks_for_a_code_or_brings_one_without_being_signed_in() {
    assertThat(site.json(REQUEST, "{}").status()).isEqualTo(401);
    assertThat(site.json(VERIFY, "{\"otp\":\"123456\"}").status()).isEqualTo(401);
    assertThat(site.get("/verify-email").header("Location"))
        .isEqualTo("/login?next=%2Fverify-email");
    assertThat(site.chat.mail.latest()).isEmpty();
  }

  @Test
  void a_request_needs_no_body() {
    assertThat(site.ask("POST", REQUEST, ada).status()).isEqualTo(200);
    assertThat(site.chat.mail.latest()).hasSize(1);
  }

  @Test
  void what_became_of_the_mail_is_told() {
    site.chat.mail.outcome = Sending.REFUSED;
    Answer failed = site.json(REQUEST, "{}", ada);
    assertThat(failed.status()).isEqualTo(503);
    assertThat(failed.code()).isEqualTo("mail_failed");

    site.chat.mail.outcome = Sending.DELAYED;
    Answer delayed = site.json(REQUEST, "{}", ada);
    assertThat(delayed.status()).isEqualTo(202);
    assertThat(delayed.json().get("message").asText()).contains("keep trying");

    site.chat.mail.available = false;
    Answer unavailable = site.json(REQUEST, "{}", ada);
    assertThat(unavailable.status()).isEqualTo(503);
    assertThat(unavailable.code()).isEqualTo("mail_unavailable");
    assertThat(site.get("/dashboard", ada).body()).doesNotContain("not verified yet");
  }

  @Test
  void too_many_mails_and_tries_are_refused_with_the_time_to_wait() {
    var one = new Rate(1, Duration.ofMinutes(15));
    try (var limited = new RunningSite(Map.of(Limit.OTP_REQUEST, one, Limit.OTP_VERIFY, one))) {
      String[] ada = RunningSite.by(limited.signedUp("ada"));
      limited.json(REQUEST, "{}", ada);
      assertThat(limited.json(REQUEST, "{}", ada).header("Retry-After")).isEqualTo("900");
      limited.json(VERIFY, "{\"otp\":\"x\"}", ada);
      limited.json(VERIFY, "{\"otp\":\"000000\"}", ada);
      assertThat(limited.json(VERIFY, "{\"otp\":\"000001\"}", ada).status()).isEqualTo(429);
    }
  }

  @Test
  void forms_lead_from_page_to_page() {
    Answer asked = site.form(REQUEST, Map.of(), ada);
    assertThat(asked.status()).isEqualTo(303);
    assertThat(asked.header("Location")).isEqualTo("/verify-email?notice=code-sent");
    assertThat(site.get(asked.header("Location"), ada).body()).contains("on its way");

    Answer wrong = site.form(VERIFY, Map.of("otp", "12"), ada);
    assertThat(wrong.status()).isEqualTo(400);
    assertThat(wrong.body()).contains("This code is wrong");

    Answer verified = site.form(VERIFY, Map.of("otp", code()), ada);
    assertThat(verified.header("Location")).isEqualTo("/dashboard?notice=email-verified");

    site.chat.mail.outcome = Sending.REFUSED;
    String[] bob = RunningSite.by(site.signedUp("bob"));
    Answer failed = site.form(REQUEST, Map.of(), bob);
    assertThat(failed.status()).isEqualTo(503);
    assertThat(failed.body()).contains("could not be sent").contains("bob@example.org");
  }

  private Answer verify(String code) {
    return site.json(VERIFY, "{\"otp\":\"%s\"}".formatted(code), ada);
  }

  private String code() {
    return site.chat.mail.lastCodeFor("ada@example.org").digits();
  }
}
