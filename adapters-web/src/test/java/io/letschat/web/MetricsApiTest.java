package io.letschat.web;

import static io.letschat.web.RunningSite.by;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.letschat.web.RunningSite.Answer;
import io.letschat.web.metrics.MetricsToken;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MetricsApiTest {
  private final RunningSite site = new RunningSite();

  @AfterEach
  void stop() {
    site.close();
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      textBlock =
          """
          # client,          direct, authorization,                       may read
          127.0.0.1,         true,   -,                                   true
          127.4.5.6,         true,   -,                                   true
          ::1,               true,   -,                                   true
          0:0:0:0:0:0:0:1,   true,   -,                                   true
          127.0.0.1,         true,   Bearer nonsense,                     true
          127.0.0.1,         -,      -,                                   false
          127.0.0.1,         false,  -,                                   false
          192.0.2.7,         true,   -,                                   false
          2001:db8::1,       true,   -,                                   false
          localhost,         true,   -,                                   false
          '',                true,   -,                                   false
          192.0.2.7,         -,      Bearer whoever-knows-this-may-read,  true
          192.0.2.7,         -,      bearer whoever-knows-this-may-read,  true
          192.0.2.7,         -,      Bearer whoever-knows-this-may-reax,  false
          192.0.2.7,         -,      Bearer whoever-knows-this-may-rea,   false
          192.0.2.7,         -,      Bearer,                              false
          192.0.2.7,         -,      whoever-knows-this-may-read,         false
          192.0.2.7,         -,      Basic whoever-knows-this-may-read,   false
          """)
  void who_is_on_this_machine_or_shows_the_token_may_read(
      String client, String direct, String authorization, boolean mayRead) {
    List<String> headers = new ArrayList<>(List.of("X-LetsChat-Client", client));
    if (direct != null) {
      headers.addAll(List.of("X-LetsChat-Direct", direct));
    }
    if (authorization != null) {
      headers.addAll(List.of("Authorization", authorization));
    }

    Answer answer = site.get("/metrics", headers.toArray(String[]::new));

    if (mayRead) {
      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.header("Content-Type"))
          .isEqualToIgnoringWhitespace("text/plain;version=0.0.4;charset=utf-8");
    } else {
      assertThat(answer.status()).isEqualTo(404);
      assertThat(answer.code()).isEqualTo("not_found");
    }
  }

  @Test
  void a_session_is_no_token() {
    assertThat(site.get("/metrics", by(site.signedUp("ada"))).status()).isEqualTo(404);
  }

  @Test
  void requests_are_timed_by_their_route_and_never_by_what_people_asked_for() {
    String[] ada = by(site.signedUp("ada"));
    site.get("/rooms/4711", ada);
    site.get("/rooms/4712?password=secret", ada);
    site.get("/secret/path", ada);
    site.ask("BREW", "/secret/pot", ada);

    assertThat(requests("GET", "/rooms/{id}", "404")).isEqualTo(2);
    assertThat(requests("POST", "/api/auth/register", "201")).isEqualTo(1);
    assertThat(requests("GET", "none", "404")).isEqualTo(1);
    assertThat(site.registry.getMetersAsString())
        .contains("method='other'")
        .doesNotContain("4711", "secret", "BREW", "ada", "192.0.2.7");
  }

  @Test
  void what_is_refused_is_counted_by_reason() {
    site.json("/api/auth/login", "{\"email\":");
    site.json("/api/auth/register", "{\"email\":\"ada\",\"password\":\"a long password\"}");
    site.get("/login", "X-LetsChat-Front", "wrong");

    for (String reason : List.of("malformed_json", "invalid_fields", "not_the_front")) {
      assertThat(
              site.registry
                  .get("letschat.refused")
                  .tags("where", "http", "reason", reason)
                  .counter()
                  .count())
          .as(reason)
          .isEqualTo(1);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "short", "with a space in the middle", "a-letter-that-is-not-ascii-é"})
  void a_token_is_long_and_fits_into_a_header(String token) {
    assertThatThrownBy(() -> new MetricsToken(token)).hasMessageContaining("at least 16");
  }

  @Test
  void a_token_keeps_its_secret() {
    assertThat(new MetricsToken("0123456789abcdef").toString()).doesNotContain("0123");
  }

  private long requests(String method, String route, String status) {
    return site.registry
        .get("http.server.requests")
        .tags("method", method, "route", route, "status", status)
        .timer()
        .count();
  }
}
