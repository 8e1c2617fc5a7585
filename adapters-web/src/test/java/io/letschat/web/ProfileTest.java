package io.letschat.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.letschat.application.account.session.AuthenticatedUser;
import io.letschat.protocol.GatewayHeaders;
import io.letschat.web.RunningSite.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** One's own sessions and one's name. */
class ProfileTest {
  private static final String FIREFOX =
      "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";

  private final RunningSite site = new RunningSite();
  private final String token = site.signedUp("ada");
  private final String[] ada = RunningSite.by(token);

  @AfterEach
  void stop() {
    site.close();
  }

  @Test
  void one_sees_where_one_is_signed_in_and_never_the_id_that_a_token_has() {
    logIn("ada", FIREFOX);

    Answer answer = site.get("/api/sessions", ada);

    assertThat(answer.status()).isEqualTo(200);
    JsonNode sessions = answer.json().get("sessions");
    assertThat(sessions).hasSize(2);
    assertThat(sessions.findValuesAsText("device")).contains("Firefox on Linux");
    assertThat(sessions.findValuesAsText("address")).containsOnly("192.0.2.7");
    assertThat(sessions.findValuesAsText("current")).containsExactlyInAnyOrder("true", "false");
    assertThat(sessions.get(0).get("signed_in_at").asText()).isEqualTo("2026-11-22T12:00:00.000Z");
    String page = site.get("/dashboard", ada).body();
    assertThat(page).contains("Firefox on Linux").contains("this one");
    for (var session : site.chat.mySessions.of(who())) {
      assertThat(answer.body()).doesNotContain(session.id().value());
      assertThat(page).doesNotContain(session.id().value());
    }
  }

  @Test
  void what_a_program_says_about_itself_is_shown_inert() {
    logIn("ada", "<b>Evil</b>");
    assertThat(site.get("/dashboard", ada).body()).doesNotContain("<b>Evil");
  }

  @Test
  void a_session_can_be_ended_from_another_and_not_by_somebody_else() {
    String phone = logIn("ada", "Phone/1.0").json().get("token").asText();
    String handle = handleOf("Phone");
    String[] bob = RunningSite.by(site.signedUp("bob"));

    assertThat(revoke(handle, bob).status()).isEqualTo(404);
    assertThat(site.get("/api/auth/me", RunningSite.by(phone)).status()).isEqualTo(200);

    assertThat(revoke(handle, ada).status()).isEqualTo(200);
    assertThat(site.get("/api/auth/me", RunningSite.by(phone)).status()).isEqualTo(401);
    assertThat(site.get("/api/auth/me", ada).status()).isEqualTo(200);
    assertThat(revoke(handle, ada).status()).isEqualTo(404);
  }

  @Test
  void signing_out_everywhere_signs_out_here_too() {
    String phone = logIn("ada", "Phone/1.0").json().get("token").asText();

    Answer answer =
        site.form("/api/sessions/revokeAll", Map.of(), "Cookie", "letschat_session=" + token);

    assertThat(answer.status()).isEqualTo(303);
    assertThat(answer.header("Location")).isEqualTo("/login?notice=signed-out-everywhere");
    assertThat(answer.header("Set-Cookie"))
        .startsWith(RunningSite.COOKIES.name() + "=;")
        .contains("1970");
    assertThat(site.get("/api/auth/me", ada).status()).isEqualTo(401);
    assertThat(site.get("/api/auth/me", RunningSite.by(phone)).status()).isEqualTo(401);
  }

  @Test
  void the_session_on_which_one_is_can_be_ended_in_the_list() {
    String handle = site.get("/api/sessions", ada).json().at("/sessions/0/id").asText();
    Answer answer = site.form("/api/sessions/revoke", Map.of("session", handle), ada);
    assertThat(answer.header("Location")).isEqualTo("/login?notice=session-ended");
    assertThat(answer.header("Set-Cookie"))
        .startsWith(RunningSite.COOKIES.name() + "=;")
        .contains("1970");
  }

  @Test
  void sessions_are_for_those_who_are_signed_in() {
    assertThat(site.get("/api/sessions").status()).isEqualTo(401);
    assertThat(site.json("/api/sessions/revoke", "{\"session\":\"x\"}").status()).isEqualTo(401);
    assertThat(site.json("/api/sessions/revokeAll", "{}").status()).isEqualTo(401);
    assertThat(site.get("/profile").header("Location")).isEqualTo("/login?next=%2Fprofile");
    assertThat(site.json("/profile", "{\"username\":\"eve\"}").status()).isEqualTo(401);
  }

  @Test
  void the_name_is_changed_on_the_profile_page() {
    assertThat(site.get("/profile", ada).body()).contains("value=\"ada\"");

    Answer changed = site.form("/profile", Map.of("username", " Countess "), ada);

    assertThat(changed.status()).isEqualTo(303);
    assertThat(changed.header("Location")).isEqualTo("/profile?notice=name-changed");
    assertThat(site.get("/profile", ada).body()).contains("value=\"Countess\"");
    Answer json = site.json("/profile", "{\"username\":\"lovelace\"}", ada);
    assertThat(json.status()).isEqualTo(200);
    assertThat(json.json().at("/user/username").asText()).isEqualTo("lovelace");
  }

  @Test
  void a_taken_or_impossible_name_is_refused_and_shown_again() {
    site.signedUp("bob");

    Answer taken = site.form("/profile", Map.of("username", "BOB"), ada);
    assertThat(taken.status()).isEqualTo(409);
    assertThat(taken.body()).contains("This name is taken").contains("value=\"BOB\"");
    Answer impossible = site.json("/profile", "{\"username\":\"a b\"}", ada);
    assertThat(impossible.status()).isEqualTo(422);
    assertThat(impossible.json().at("/fields/username").asText()).isNotBlank();
    assertThat(site.get("/api/auth/me", ada).json().at("/user/username").asText()).isEqualTo("ada");
  }

  @Test
  void the_mailbox_of_a_development_server_opens_on_the_same_machine_alone() {
    site.json("/api/auth/requestOTP", "{}", ada);
    String code = site.chat.mail.lastCodeFor("ada@example.org").digits();

    assertThat(mailbox("127.0.0.1", "true").body()).contains(code);
    assertThat(mailbox("::1", "true").body()).contains(code);
    for (String elsewhere : new String[] {"192.0.2.7", "2001:db8::1", "localhost", "", "x"}) {
      assertThat(mailbox(elsewhere, "true").status()).isEqualTo(404);
    }
    Answer forwarded = mailbox("127.0.0.1", "false");
    assertThat(forwarded.status()).isEqualTo(404);
    assertThat(forwarded.body()).doesNotContain(code);
  }

  @Test
  void the_mailbox_opens_under_no_name_that_somebody_else_may_have_led_here() {
    for (String own :
        new String[] {"localhost:4000", "127.0.0.1:4000", "[::1]:4000", "LocalHost"}) {
      assertThat(mailbox("127.0.0.1", "true", "X-Forwarded-Host", own).status()).isEqualTo(200);
    }
    for (String other : new String[] {"evil.example:4000", "localhost.evil.example", "192.0.2.7"}) {
      assertThat(mailbox("127.0.0.1", "true", "X-Forwarded-Host", other).status()).isEqualTo(404);
    }
  }

  private Answer mailbox(String client, String direct, String... more) {
    List<String> headers = new ArrayList<>(List.of(more));
    headers.addAll(List.of(GatewayHeaders.CLIENT, client, GatewayHeaders.DIRECT, direct));
    return site.get("/dev/mailbox", headers.toArray(String[]::new));
  }

  private AuthenticatedUser who() {
    return site.chat.authenticate.authenticate(token).orElseThrow();
  }

  private Answer revoke(String handle, String... headers) {
    return site.json("/api/sessions/revoke", "{\"session\":\"%s\"}".formatted(handle), headers);
  }

  private String handleOf(String device) {
    for (JsonNode session : site.get("/api/sessions", ada).json().get("sessions")) {
      if (session.get("device").asText().equals(device)) {
        return session.get("id").asText();
      }
    }
    throw new AssertionError("no session on " + device);
  }

  private Answer logIn(String name, String userAgent) {
    return site.json(
        "/api/auth/login",
        "{\"email\":\"%s@example.org\",\"password\":\"a long password\"}".formatted(name),
        "User-Agent",
        userAgent);
  }
}
