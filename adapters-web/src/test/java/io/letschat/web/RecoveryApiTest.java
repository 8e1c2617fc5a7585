package io.letschat.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.letschat.domain.limit.Limit;
import io.letschat.domain.limit.Rate;
import io.letschat.testkit.Chat;
import io.letschat.web.RunningSite.Answer;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecoveryApiTest {
  private static final String ADA = "ada@example.org";
  private static final String NOBODY = "nobody@example.org";

  private final RunningSite site = new RunningSite();

  @BeforeEach
  void ada_has_an_account() {
    site.signedUp("ada");
  }

  @AfterEach
  void stop() {
    site.close();
  }

  @Test
  void the_mailed_code_changes_the_password() {
    Answer asked = forget(site, ADA);
    assertThat(asked.status()).isEqualTo(200);
    assertThat(asked.json().get("redirect").asText())
        .isEqualTo("/verify-otp?email=ada%40example.org");

    Answer changed = verify(ADA, mailedCode(), "my new password");

    assertThat(changed.status()).isEqualTo(200);
    assertThat(changed.json().get("redirect").asText()).isEqualTo("/login");
    assertThat(logIn("a long password").status()).isEqualTo(401);
    assertThat(logIn("my new password").status()).isEqualTo(200);
  }

  @Test
  void every_session_ends() {
    String token = logIn("a long password").json().get("token").asText();
    forget(site, ADA);
    verify(ADA, mailedCode(), "my new password");

    assertThat(site.get("/api/auth/me", RunningSite.by(token)).status()).isEqualTo(401);
    assertThat(site.chat.endedSessions).hasSize(2);
  }

  @Test
  void an_address_without_an_account_is_answered_like_one_with() {
    Answer known = forget(site, ADA);
    Answer unknown = forget(site, NOBODY);

    assertThat(unknown.status()).isEqualTo(known.status());
    assertThat(unknown.body().replace("nobody", "ada")).isEqualTo(known.body());
    assertThat(unknown.response().headers().map().keySet())
        .isEqualTo(known.response().headers().map().keySet());

    String code = mailedCode();
    Answer wrong = verify(ADA, other(code), "my new password");
    Answer nobody = verify(NOBODY, code, "my new password");
    assertThat(wrong.status()).isEqualTo(400);
    assertThat(wrong.code()).isEqualTo("invalid_code");
    assertThat(nobody.status()).isEqualTo(400);
    assertThat(nobody.body()).isEqualTo(wrong.body());
  }

  @Test
  void wrong_expired_spent_and_misshapen_codes_are_answered_alike() {
    forget(site, ADA);
    String code = mailedCode();
    String wrong = verify(ADA, other(code), "my new password").body();

    assertThat(verify(ADA, "12345", "my new password").body()).isEqualTo(wrong);
    assertThat(verify(ADA, "abcdef", "my new password").body()).isEqualTo(wrong);
    assertThat(verify(ADA, "١٢٣٤٥٦", "my new password").body()).isEqualTo(wrong);
    verify(ADA, code, "my new password");
    assertThat(verify(ADA, code, "my new password").body()).isEqualTo(wrong);
    forget(site, ADA);
    String late = mailedCode();
    site.chat.clock.advance(Duration.ofMinutes(10));
    assertThat(verify(ADA, late, "my new password").body()).isEqualTo(wrong);
  }

  @Test
  void a_new_password_that_is_refused_costs_no_try() {
    try (var limited = new RunningSite(Chat.usualLimits())) {
      limited.signedUp("ada");
      forget(limited, ADA);
      String code = mailedCode(limited);
      for (int i = 0; i < 10; i++) {
        Answer refused = verify(limited, ADA, code, "short");
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.json().at("/fields/newPassword").asText()).isNotBlank();
      }
      assertThat(verify(limited, ADA, code, "my new password").status()).isEqualTo(200);
    }
  }

  @Test
  void over_the_limit_of_an_address_it_is_still_200_and_nothing_is_mailed() {
    try (var limited = new RunningSite(Chat.usualLimits())) {
      limited.signedUp("ada");
      for (int i = 0; i < 5; i++) {
        Answer answer = forget(limited, ADA, "X-LetsChat-Client", "192.0.2." + (100 + i));
        assertThat(answer.status()).isEqualTo(200);
      }
      limited.chat.pass(Duration.ZERO);
      assertThat(limited.chat.mail.latest()).hasSize(3);
    }
  }

  @Test
  void too_many_requests_of_one_client_are_told_when_to_come_again() {
    try (var limited =
        new RunningSite(
            Map.of(
                Limit.FORGOT_PASSWORD, new Rate(1, Duration.ofMinutes(15)),
                Limit.OTP_VERIFY, new Rate(1, Duration.ofMinutes(15))))) {
      forget(limited, ADA);
      Answer second = forget(limited, NOBODY);
      assertThat(second.status()).isEqualTo(429);
      assertThat(second.code()).isEqualTo("rate_limited");
      assertThat(second.header("Retry-After")).isEqualTo("900");

      verify(limited, ADA, "123456", "my new password");
      Answer tried = verify(limited, NOBODY, "123456", "my new password");
      assertThat(tried.status()).isEqualTo(429);
      assertThat(tried.header("Retry-After")).isEqualTo("900");
    }
  }

  @Test
  void without_mail_it_says_so_to_everybody_and_on_the_page() {
    site.chat.mail.available = false;
    for (String email : new String[] {ADA, NOBODY}) {
      Answer answer = forget(site, email);
      assertThat(answer.status()).isEqualTo(503);
      assertThat(answer.code()).isEqualTo("mail_unavailable");
    }
    assertThat(site.get("/forgot-password").body()).contains("not set up to send mail");
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '\'',
      textBlock =
          """
          /api/auth/forgetPassword, '{}',                                                             email
          /api/auth/forgetPassword, '{"email":"nobody"}',                                             email
          /api/auth/forgetPassword, '{"email":["a@example.org"]}',                                    email
          /api/auth/verifyOTP,      '{"otp":"123456","newPassword":"long enough"}',                   email
          /api/auth/verifyOTP,      '{"email":"a@example.org","newPassword":"long enough"}',          otp
          /api/auth/verifyOTP,      '{"email":"a@example.org","otp":123456,"newPassword":"long enough"}', otp
          /api/auth/verifyOTP,      '{"email":"a@example.org","otp":"123456"}',                       newPassword
          /api/auth/verifyOTP,      '{"email":"a@example.org","otp":"123456","newPassword":{}}',      newPassword
          """)
  void what_is_missing_or_wrong_is_named(String path, String body, String field) {
    Answer answer = site.json(path, body);
    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.code()).isEqualTo("invalid_fields");
    assertThat(answer.json().get("fields")).hasSize(1);
    assertThat(answer.json().at("/fields/" + field).asText()).isNotBlank();
  }

  @Test
  void forms_lead_from_page_to_page_and_keep_what_was_typed_but_no_password() {
    Answer asked = site.form("/api/auth/forgetPassword", Map.of("email", ADA));
    assertThat(asked.status()).isEqualTo(303);
    String next = asked.header("Location");
    assertThat(next).isEqualTo("/verify-otp?email=ada%40example.org");
    assertThat(site.get(next).body()).contains("value=\"ada@example.org\"");

    site.chat.pass(Duration.ZERO);
    String code = mailedCode();
    Answer again = form(other(code), "my new password");
    assertThat(again.status()).isEqualTo(400);
    assertThat(again.body())
        .contains("value=\"ada@example.org\"")
        .contains("This code is wrong")
        .doesNotContain("my new password");

    Answer changed = form(code, "my new password");
    assertThat(changed.status()).isEqualTo(303);
    assertThat(changed.header("Location")).isEqualTo("/login?notice=password-changed");
    assertThat(site.get(changed.header("Location")).body()).contains("Your password is changed");
  }

  @Test
  void what_comes_in_the_address_of_a_page_is_shown_inert_or_not_at_all() {
    String page = site.get("/verify-otp?email=%22%3E%3Cscript%3Ealert(1)%3C/script%3E").body();
    assertThat(page).doesNotContain("<script>alert").contains("&lt;script");
    assertThat(site.get("/login?notice=%3Cb%3Eyou+won%3C/b%3E").body()).doesNotContain("you won");
  }

  @Test
  void who_is_signed_in_skips_the_pages() {
    String token = logIn("a long password").json().get("token").asText();
    for (String path : new String[] {"/forgot-password", "/verify-otp"}) {
      Answer answer = site.get(path, RunningSite.by(token));
      assertThat(answer.status()).isEqualTo(303);
      assertThat(answer.header("Location")).isEqualTo("/dashboard");
    }
  }

  private Answer form(String code, String password) {
    return site.form(
        "/api/auth/verifyOTP", Map.of("email", ADA, "otp", code, "newPassword", password));
  }

  private static Answer forget(RunningSite site, String email, String... headers) {
    return site.json("/api/auth/forgetPassword", "{\"email\":\"%s\"}".formatted(email), headers);
  }

  private Answer verify(String email, String code, String password) {
    return verify(site, email, code, password);
  }

  private static Answer verify(RunningSite site, String email, String code, String password) {
    return site.json(
        "/api/auth/verifyOTP",
        "{\"email\":\"%s\",\"otp\":\"%s\",\"newPassword\":\"%s\"}"
            .formatted(email, code, password));
  }

  private Answer logIn(String password) {
    return site.json(
        "/api/auth/login", "{\"email\":\"%s\",\"password\":\"%s\"}".formatted(ADA, password));
  }

  private String mailedCode() {
    return mailedCode(site);
  }

  private static String mailedCode(RunningSite site) {
    site.chat.pass(Duration.ZERO);
    return site.chat.mail.lastCodeFor(ADA).digits();
  }

  private static String other(String code) {
    return code.equals("000000") ? "000001" : "000000";
  }
}
