package io.letschat.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.letschat.domain.limit.Limit;
import io.letschat.domain.limit.Rate;
import io.letschat.web.RunningSite.Answer;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AccountApiTest {
  private static final String ADA =
      """
      {"email": "ada@example.org", "password": "a long password", "username": "ada"}
      """;

  private final RunningSite site = new RunningSite();

  @AfterEach
  void stop() {
    site.close();
  }

  @Test
  void who_signs_up_is_signed_in_by_cookie_and_by_token() {
    Answer answer = site.json("/api/auth/register", ADA);

    assertThat(answer.status()).isEqualTo(201);
    var body = answer.json();
    assertThat(body.get("message").asText()).isNotBlank();
    assertThat(body.get("redirect").asText()).isEqualTo("/dashboard");
    assertThat(body.at("/user/id").isIntegralNumber()).isTrue();
    assertThat(body.at("/user/email").asText()).isEqualTo("ada@example.org");
    assertThat(body.at("/user/username").asText()).isEqualTo("ada");
    for (Answer me :
        new Answer[] {
          site.get("/api/auth/me", "Cookie", answer.cookie()),
          site.get("/api/auth/me", RunningSite.by(body.get("token").asText()))
        }) {
      assertThat(me.status()).isEqualTo(200);
      assertThat(me.json().at("/user/id")).isEqualTo(body.at("/user/id"));
      assertThat(me.json().at("/user/is_verified").isBoolean()).isTrue();
    }
  }

  @Test
  void the_cookie_is_kept_from_scripts_and_lives_as_long_as_the_session() {
    String plain = site.json("/api/auth/register", ADA).header("Set-Cookie");
    assertThat(plain)
        .startsWith(RunningSite.COOKIES.name() + "=")
        .contains("HttpOnly", "SameSite=Lax", "Path=/", "Max-Age=86400")
        .doesNotContain("Secure");

    String secure =
        site.json(
                "/api/auth/login",
                "{\"email\":\"ada@example.org\",\"password\":\"a long password\"}",
                "X-Forwarded-Proto",
                "https")
            .header("Set-Cookie");
    assertThat(secure).contains("Secure");
  }

  @Test
  void a_name_can_wait_until_the_first_room() {
    Answer answer =
        site.json(
            "/api/auth/register",
            "{\"email\":\"new@example.org\",\"password\":\"a long password\",\"username\":null}");

    assertThat(answer.status()).isEqualTo(201);
    assertThat(answer.json().at("/user/username").isNull()).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '\'',
      textBlock =
          """
          '{"email":"ADA@example.org ","password":"another one"}',                      409, email_taken, email
          '{"email":"b@example.org","password":"another one","username":"ADA"}',        409, username_taken, username
          '{"email":"b@example.org","password":"another one","username":"\u0430da"}',  409, username_taken, username
          '{"email":"nobody","password":"another one"}',                                422, invalid_fields, email
          '{"password":"another one"}',                                                 422, invalid_fields, email
          '{"email":null,"password":"another one"}',                                    422, invalid_fields, email
          '{"email":7,"password":"another one"}',                                       422, invalid_fields, email
          '{"email":"b@example.org","password":"short"}',                               422, invalid_fields, password
          '{"email":"b@example.org","password":["a"]}',                                 422, invalid_fields, password
          '{"email":"b@example.org","password":"another one","username":"a b"}',        422, invalid_fields, username
          '{"email":"b@example.org","password":"another one","username":{"a":1}}',      422, invalid_fields, username
          '{"email":"b@example.org","password":"another one","username":"\\u0000abc"}', 422, invalid_fields, username
          """)
  void a_sign_up_that_cannot_be_accepted_says_which_field_is_wrong(
      String body, int status, String code, String field) {
    site.json("/api/auth/register", ADA);

    Answer answer = site.json("/api/auth/register", body);

    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.code()).isEqualTo(code);
    assertThat(answer.json().at("/fields/" + field).asText()).isNotBlank();
    assertThat(answer.json().get("fields")).hasSize(1);
    assertThat(answer.json().get("message").asText()).isNotBlank();
    assertThat(answer.header("Set-Cookie")).isEmpty();
  }

  @Test
  void a_wrong_address_and_a_wrong_password_are_answered_alike() {
    site.json("/api/auth/register", ADA);

    Answer address =
        site.json("/api/auth/login", "{\"email\":\"eve@example.org\",\"password\":\"x\"}");
    Answer password =
        site.json("/api/auth/login", "{\"email\":\"ada@example.org\",\"password\":\"x\"}");

    assertThat(address.status()).isEqualTo(401).isEqualTo(password.status());
    assertThat(address.body()).isEqualTo(password.body()).contains("wrong_credentials");
  }

  @Test
  void who_logs_out_is_out_everywhere() {
    Answer in = site.json("/api/auth/register", ADA);

    Answer out = site.ask("POST", "/api/auth/logout", "Cookie", in.cookie());

    assertThat(out.status()).isEqualTo(200);
    assertThat(out.header("Set-Cookie"))
        .startsWith(RunningSite.COOKIES.name() + "=;")
        .contains("Expires=Thu, 01 Jan 1970");
    assertThat(site.chat.endedSessions).hasSize(1);
    Answer me = site.get("/api/auth/me", RunningSite.by(in.json().get("token").asText()));
    assertThat(me.status()).isEqualTo(401);
    assertThat(me.code()).isEqualTo("unauthorized");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "token-of-somebody-else", "Bearer", "%00", "a b"})
  void a_token_that_is_no_good_is_nobody(String token) {
    assertThat(site.get("/api/auth/me", RunningSite.by(token)).status()).isEqualTo(401);
    assertThat(site.get("/api/auth/me", "Cookie", "letschat_session=" + token).status())
        .isEqualTo(401);
  }

  @Test
  void a_session_that_is_a_day_old_is_over() {
    String token = site.signedUp("ada");

    site.chat.pass(Duration.ofHours(24).minusSeconds(1));
    assertThat(site.get("/api/auth/me", RunningSite.by(token)).status()).isEqualTo(200);
    site.chat.pass(Duration.ofSeconds(1));
    assertThat(site.get("/api/auth/me", RunningSite.by(token)).status()).isEqualTo(401);
  }

  @Test
  void a_form_signs_up_in_and_out_without_scripts() {
    var fields =
        Map.of(
            "email",
            "ada@example.org",
            "password",
            "a long password",
            "username",
            "",
            "next",
            "/rooms/7");

    Answer up = site.form("/api/auth/register", fields);
    assertThat(up.status()).isEqualTo(303);
    assertThat(up.header("Location")).isEqualTo("/rooms/7");
    Answer out = site.form("/api/auth/logout", Map.of(), "Cookie", up.cookie());
    assertThat(out.status()).isEqualTo(303);
    assertThat(out.header("Location")).isEqualTo("/");
    Answer in =
        site.form(
            "/api/auth/login", Map.of("email", "ada@example.org", "password", "a long password"));
    assertThat(in.status()).isEqualTo(303);
    assertThat(in.header("Location")).isEqualTo("/dashboard");
    assertThat(site.get("/dashboard", "Cookie", in.cookie()).status()).isEqualTo(200);
  }

  @Test
  void a_form_that_is_refused_comes_back_with_what_was_typed_but_no_password() {
    Answer answer =
        site.form(
            "/api/auth/register",
            Map.of(
                "email",
                "no address",
                "username",
                "a b",
                "password",
                "hunter2",
                "next",
                "/rooms/7"));

    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.header("Content-Type")).isEqualTo("text/html;charset=utf-8");
    assertThat(answer.body())
        .contains("value=\"no address\"", "value=\"a b\"", "value=\"/rooms/7\"", "role=\"alert\"")
        .contains("id=\"email-error\"", "id=\"username-error\"", "id=\"password-error\"")
        .doesNotContain("hunter2");

    Answer wrong =
        site.form("/api/auth/login", Map.of("email", "ada@example.org", "password", "hunter2"));
    assertThat(wrong.status()).isEqualTo(401);
    assertThat(wrong.body())
        .contains("value=\"ada@example.org\"", "The e-mail address or the password is wrong.")
        .doesNotContain("hunter2");
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '\'',
      textBlock =
          """
          /rooms/7,                  /rooms/7
          /?room=a%20b,              /?room=a%20b
          //evil.example,            /dashboard
          '/\\evil.example',         /dashboard
          'https://evil.example',    /dashboard
          'javascript:alert(1)',     /dashboard
          rooms/7,                   /dashboard
          '',                        /dashboard
          '/\tx',                    /dashboard
          '/a b',                    /dashboard
          '/ä',                      /dashboard
          """)
  void after_signing_in_one_goes_on_to_a_path_of_ours_and_nowhere_else(String next, String goes) {
    site.json("/api/auth/register", ADA);
    String tab = next.replace("\\t", "\t");

    Answer answer =
        site.form(
            "/api/auth/login",
            Map.of("email", "ada@example.org", "password", "a long password", "next", tab));

    assertThat(answer.header("Location")).isEqualTo(goes);
  }

  @Test
  void between_the_pages_to_sign_up_and_in_the_way_on_is_kept() {
    assertThat(site.get("/login?next=%2Frooms%2F7").body())
        .contains("href=\"/register?next=%2Frooms%2F7\"");
    assertThat(site.get("/register?next=%2Frooms%2F7").body())
        .contains("href=\"/login?next=%2Frooms%2F7\"");
    assertThat(site.get("/register?next=%2F%2Fevil.example").body()).doesNotContain("evil");
  }

  @Test
  void signed_in_people_skip_the_pages_to_sign_in() {
    String[] ada = RunningSite.by(site.signedUp("ada"));

    assertThat(site.get("/login?next=%2Frooms%2F7", ada).header("Location")).isEqualTo("/rooms/7");
    assertThat(site.get("/register", ada).header("Location")).isEqualTo("/dashboard");
    assertThat(site.get("/login?next=%2F%2Fevil.example", ada).header("Location"))
        .isEqualTo("/dashboard");
  }

  @Test
  void too_many_wrong_passwords_are_told_when_to_come_back() {
    try (var strict = new RunningSite(Map.of(Limit.LOGIN, new Rate(1, Duration.ofMinutes(15))))) {
      String wrong = "{\"email\":\"ada@example.org\",\"password\":\"x\"}";
      assertThat(strict.json("/api/auth/login", wrong).status()).isEqualTo(401);

      Answer answer = strict.json("/api/auth/login", wrong);

      assertThat(answer.status()).isEqualTo(429);
      assertThat(answer.code()).isEqualTo("rate_limited");
      assertThat(answer.header("Retry-After")).isEqualTo("900");
    }
  }
}
