package io.letschat.web;

import static io.letschat.web.RunningSite.by;
import static org.assertj.core.api.Assertions.assertThat;

import io.letschat.web.RunningSite.Answer;
import java.io.IOException;
import java.net.Socket;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrustTest {
  private static final String NOBODY =
      "{\"email\":\"nobody@example.org\",\"password\":\"a long password\"}";

  private final RunningSite site = new RunningSite();

  @AfterEach
  void stop() {
    site.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/login", "/healthz", "/api/auth/me", "/favicon.ico", "/nothing"})
  void nobody_gets_in_past_the_front(String path) {
    for (String secret : new String[] {"", "wrong", RunningSite.SECRET + "x"}) {
      Answer answer = site.get(path, "X-LetsChat-Front", secret, "Accept", "application/json");
      assertThat(answer.status()).isEqualTo(403);
      assertThat(answer.code()).isEqualTo("not_the_front");
    }
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      textBlock =
          """
          # Sec-Fetch-Site, Origin,                    Host,               lets in
          -,                -,                         chat.example,       true
          same-origin,      http://chat.example,       chat.example,       true
          none,             -,                         chat.example,       true
          cross-site,       http://evil.example,       chat.example,       false
          cross-site,       -,                         chat.example,       false
          cross-site,       http://chat.example,       chat.example,       false
          cross-site,       https://friend.example,    chat.example,       true
          -,                http://chat.example,       chat.example,       true
          -,                http://CHAT.example:80,    chat.example,       true
          -,                https://chat.example,      chat.example:443,   true
          -,                http://chat.example:4000,  chat.example:4000,  true
          -,                http://chat.example:4000,  chat.example:4001,  false
          -,                http://chat.example,       chat.example:4000,  false
          -,                http://evil.example,       chat.example,       false
          -,                https://friend.example,    chat.example,       true
          -,                http://friend.example,     chat.example,       false
          -,                null,                      chat.example,       false
          -,                chat.example,              chat.example,       false
          -,                http://chat.example.evil,  chat.example,       false
          """)
  void pages_of_other_sites_change_nothing(
      String fetchSite, String origin, String host, boolean letsIn) {
    var headers = new ArrayList<>(List.of("X-Forwarded-Host", host));
    if (fetchSite != null) {
      headers.addAll(List.of("Sec-Fetch-Site", fetchSite));
    }
    if (origin != null) {
      headers.addAll(List.of("Origin", origin));
    }

    Answer answer = site.json("/api/auth/register", NOBODY, headers.toArray(String[]::new));

    assertThat(answer.status()).isEqualTo(letsIn ? 201 : 403);
    assertThat(answer.code()).isEqualTo(letsIn ? "" : "foreign_origin");
    assertThat(site.get("/login", headers.toArray(String[]::new)).status()).isEqualTo(200);
  }

  @Test
  void a_friendly_site_may_read_the_answers_and_another_may_not() {
    Answer friend = site.get("/api/auth/me", "Origin", RunningSite.FRIEND);
    assertThat(friend.header("Access-Control-Allow-Origin")).isEqualTo(RunningSite.FRIEND);
    assertThat(friend.header("Vary")).contains("Origin");
    Answer preflight = site.ask("OPTIONS", "/api/auth/login", "Origin", RunningSite.FRIEND);
    assertThat(preflight.status()).isEqualTo(204);
    assertThat(preflight.header("Access-Control-Allow-Headers")).contains("Authorization");

    Answer other = site.get("/api/auth/me", "Origin", "https://evil.example");
    assertThat(other.header("Access-Control-Allow-Origin")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/", "/login", "/nothing", "/api/auth/me", "/socket.io/socket.io.js", "/rooms/1"})
  void every_answer_tells_browsers_what_it_may_do(String path) {
    Answer answer = site.get(path);

    assertThat(answer.header("Content-Security-Policy"))
        .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'")
        .doesNotContain("unsafe");
    assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
    assertThat(answer.header("Referrer-Policy")).isEqualTo("same-origin");
    assertThat(answer.header("Permissions-Policy")).contains("camera=()");
    assertThat(answer.header("Strict-Transport-Security")).isEmpty();
    assertThat(answer.header("Server")).isEmpty();
    assertThat(site.get(path, "X-Forwarded-Proto", "https").header("Strict-Transport-Security"))
        .startsWith("max-age=");
  }

  @Test
  void no_route_forgets_what_browsers_have_to_know() {
    String[] ada = by(site.signedUp("ada"));
    for (String operation : OpenApi.read().operations()) {
      String[] words = operation.replaceAll("\\{\\w+}", "1").split(" ");
      for (String[] who : new String[][] {{}, ada}) {
        Answer answer = site.ask(words[0], words[1], who);
        assertThat(answer.header("Content-Security-Policy"))
            .as(operation)
            .contains("default-src 'none'");
        assertThat(answer.header("X-Content-Type-Options")).as(operation).isEqualTo("nosniff");
        assertThat(answer.header("X-Frame-Options")).as(operation).isEqualTo("DENY");
        assertThat(answer.header("Cross-Origin-Opener-Policy"))
            .as(operation)
            .isEqualTo("same-origin");
      }
    }
  }

  @Test
  void a_file_name_that_somebody_made_up_stays_a_file_name() {
    String[] ada = by(site.signedUp("ada"));
    String room =
        site.json("/join", "{\"room\":\"Kitchen\",\"password\":\"salt\"}", ada)
            .json()
            .at("/room/id")
            .asText();
    String name = "x\\\"; filename=evil.html; <script>alert(1)</script>';.pdf";
    Answer shared =
        site.post(
            "/api/upload",
            "multipart/form-data; boundary=edge",
            """
            --edge\r
            Content-Disposition: form-data; name="room_id"\r
            \r
            %s\r
            --edge\r
            Content-Disposition: form-data; name="file"; filename="%s"\r
            \r
            %%PDF-1.4
            %%%%EOF
            \r
            --edge--\r
            """
                .formatted(room, name),
            ada);
    assertThat(shared.status()).as(shared.body()).isEqualTo(201);

    Answer file = site.get(shared.json().get("fileUrl").asText(), ada);

    assertThat(file.header("Content-Disposition"))
        .startsWith("attachment; filename*=UTF-8''")
        .matches("[^<>\"]*")
        .doesNotContain("filename=evil");
    assertThat(file.header("Content-Disposition").chars().filter(c -> c == ';').count())
        .isEqualTo(1);
    assertThat(site.get("/rooms/" + room, ada).body()).doesNotContain("<script>alert");
  }

  @Test
  void pages_carry_no_script_and_no_style_of_their_own() {
    String[] ada = by(site.signedUp("ada"));
    String room =
        site.json("/join", "{\"room\":\"Kitchen\",\"password\":\"salt\"}", ada)
            .json()
            .get("redirect")
            .asText();
    for (Answer page :
        new Answer[] {
          site.get("/"),
          site.get("/login"),
          site.get("/register"),
          site.get("/dashboard", ada),
          site.get(room, ada),
          site.get("/nothing")
        }) {
      assertThat(page.body())
          .doesNotContainPattern("(?i)<script(?![^>]*\\ssrc=)")
          .doesNotContainPattern("(?i)<style|\\sstyle=|\\son[a-z]+=|javascript:");
    }
  }

  @Test
  void what_people_type_is_inert_wherever_it_stands() {
    String hostile = "\"'><script>alert(1)</script><img src=x onerror=alert(1)>&amp;${1}";
    String[] ada = by(site.signedUp("ada"));
    String body =
        "{\"room\":\"%s\",\"password\":\"salt\"}".formatted(hostile.replace("\"", "\\\""));
    String room = site.json("/join", body, ada).json().get("redirect").asText();

    for (Answer page :
        new Answer[] {
          site.get(room, ada),
          site.get("/dashboard", ada),
          site.get("/?room=" + URLEncoder.encode(hostile, StandardCharsets.UTF_8), ada),
          site.form("/join", Map.of("room", hostile, "password", "x", "username", hostile), ada),
          site.form(
              "/api/auth/login", Map.of("email", hostile, "password", hostile, "next", hostile)),
          site.form(
              "/api/auth/register",
              Map.of("email", hostile, "username", hostile, "password", "x", "next", hostile)),
          site.get("/forgot-password?email=" + URLEncoder.encode(hostile, StandardCharsets.UTF_8)),
          site.get("/verify-otp?email=" + URLEncoder.encode(hostile, StandardCharsets.UTF_8)),
          site.form("/api/auth/forgetPassword", Map.of("email", hostile)),
          site.form(
              "/api/auth/verifyOTP",
              Map.of("email", hostile, "otp", hostile, "newPassword", hostile)),
          site.form("/profile", Map.of("username", hostile), ada),
        }) {
      assertThat(page.header("Content-Type")).isEqualTo("text/html;charset=utf-8");
      assertThat(page.body())
          .contains("alert(1)")
          .doesNotContain("<script>alert", "<img src=x", "\"'><", "${1}\"'");
    }
    assertThat(site.get(room, ada).body())
        .containsPattern("<title>[^<]*&lt;script&gt;[^<]*</title>");
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      textBlock =
          """
          /nothing,      text/html,         404, text/html
          /nothing,      -,                 404, text/html
          /nothing,      application/json,  404, application/json
          /api/nothing,  text/html,         404, application/json
          /api/auth/me,  text/html,         401, application/json
          /dashboard,    application/json,  401, application/json
          /rooms/1,      application/json,  401, application/json
          """)
  void programs_get_json_and_people_get_pages(String path, String accept, int status, String type) {
    Answer answer = accept == null ? site.get(path) : site.get(path, "Accept", accept);

    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.header("Content-Type")).startsWith(type);
    assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
  }

  @ParameterizedTest
  @CsvSource({
    "/dashboard, /login?next=%2Fdashboard",
    "/rooms/7, /login?next=%2Frooms%2F7",
    "/rooms/7?a=b&c, /login?next=%2Frooms%2F7%3Fa%3Db%26c"
  })
  void a_browser_that_is_not_signed_in_is_led_to_the_login_and_back(String path, String login) {
    Answer answer = site.get(path, "Accept", "text/html");

    assertThat(answer.status()).isEqualTo(303);
    assertThat(answer.header("Location")).isEqualTo(login);
  }

  @Test
  void what_breaks_inside_is_told_without_details_and_the_next_request_works() {
    String[] ada = by(site.signedUp("ada"));
    String room =
        site.json("/join", "{\"room\":\"Kitchen\",\"password\":\"salt\"}", ada)
            .json()
            .get("redirect")
            .asText();

    site.broken = Optional.of(new IllegalStateException("select secret from drawer"));
    Answer page = site.get(room, ada);
    assertThat(page.status()).isEqualTo(500);
    assertThat(page.header("Content-Type")).startsWith("text/html");
    assertThat(page.body()).contains("Something went wrong").doesNotContain("secret");

    site.broken = Optional.empty();
    site.chat.outage.begin();
    Answer away = site.get(room, ada);
    assertThat(away.status()).isEqualTo(503);
    assertThat(away.header("Retry-After")).isEqualTo("2");
    assertThat(away.body()).contains("Not at the moment").doesNotContain("taken away");

    site.chat.outage.end();
    assertThat(site.get(room, ada).status()).isEqualTo(200);
  }

  @Test
  void a_wrong_method_is_told_the_right_ones() {
    Answer answer = site.ask("DELETE", "/api/auth/login");
    assertThat(answer.status()).isEqualTo(405);
    assertThat(answer.code()).isEqualTo("method_not_allowed");
    assertThat(answer.header("Allow")).contains("POST");
    assertThat(site.ask("PUT", "/login").status()).isEqualTo(405);
  }

  @Test
  void heads_are_answered_as_the_whole_would_be() {
    assertThat(site.ask("HEAD", "/login").status()).isEqualTo(200);
    assertThat(site.ask("HEAD", "/api/auth/me").status()).isEqualTo(401);
    assertThat(site.ask("HEAD", "/nothing").status()).isEqualTo(404);
    assertThat(site.ask("HEAD", "/login").body()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/a%2fb", "/%zz", "/..;/x", "/a/%2e%2e/b", "/%00", "/a//b", "/a\\b"})
  void a_path_that_is_written_strangely_is_refused_without_a_word_about_us(String path)
      throws IOException {
    try (var socket = new Socket(site.address().getAddress(), site.address().getPort())) {
      socket.setSoTimeout(10_000);
      String request =
          "GET %s HTTP/1.1\r\nHost: chat.example\r\nX-LetsChat-Front: %s\r\nConnection: close\r\n\r\n"
              .formatted(path, RunningSite.SECRET);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(answer).matches("(?s)HTTP/1.1 (400|404) .*");
      assertThat(answer).doesNotContainIgnoringCase("jetty").doesNotContain("Exception");
    }
  }
}
