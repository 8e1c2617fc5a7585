package io.letschat.web;

import static io.letschat.web.RunningSite.by;
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

class RoomApiTest {
  private static final String KITCHEN = "{\"room\":\"Kitchen\",\"password\":\"salt\"}";

  private final RunningSite site = new RunningSite();

  @AfterEach
  void stop() {
    site.close();
  }

  @Test
  void the_first_creates_the_room_and_the_second_joins_it() {
    Answer first = site.json("/join", KITCHEN, by(site.signedUp("ada")));
    assertThat(first.status()).isEqualTo(200);
    assertThat(first.json().at("/room/room_name").asText()).isEqualTo("Kitchen");
    assertThat(first.json().at("/user/username").asText()).isEqualTo("ada");
    long id = first.json().at("/room/id").asLong();
    assertThat(first.json().get("redirect").asText()).isEqualTo("/rooms/" + id);

    Answer second =
        site.json("/join", KITCHEN.replace("Kitchen", " KITCHEN "), by(site.signedUp("bob")));
    assertThat(second.json().at("/room/id").asLong()).isEqualTo(id);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '\'',
      textBlock =
          """
          '{"room":"Kitchen","password":"pepper"}',                   403, wrong_room_password, password
          '{"room":"","password":"salt"}',                            422, invalid_fields,      room
          '{"password":"salt"}',                                      422, invalid_fields,      room
          '{"room":12,"password":"salt"}',                            422, invalid_fields,      room
          '{"room":"a\\nb","password":"salt"}',                       422, invalid_fields,      room
          '{"room":"K\u0456tchen","password":"salt"}',               409, room_name_taken,     room
          '{"room":"\u3164","password":"salt"}',                     422, invalid_fields,      room
          '{"room":"Kitchen"}',                                       422, invalid_fields,      password
          '{"room":"Kitchen","password":true}',                       422, invalid_fields,      password
          '{"room":"Kitchen","password":"salt","username":"x"}',      422, invalid_fields,      username
          '{"room":"Kitchen","password":"salt","username":"somebody"}', 409, named_otherwise,   username
          """)
  void what_cannot_be_joined_says_why(String body, int status, String code, String field) {
    site.json("/join", KITCHEN, by(site.signedUp("ada")));

    Answer answer = site.json("/join", body, by(site.signedUp("bob")));

    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.code()).isEqualTo(code);
    assertThat(answer.json().at("/fields/" + field).asText()).isNotBlank();
  }

  @Test
  void an_account_without_a_name_gets_one_by_joining() {
    String token =
        site.json(
                "/api/auth/register",
                "{\"email\":\"new@example.org\",\"password\":\"a long password\"}")
            .json()
            .get("token")
            .asText();
    site.signedUp("ada");

    assertThat(site.json("/join", KITCHEN, by(token)).code()).isEqualTo("username_required");
    String named = "{\"room\":\"Kitchen\",\"password\":\"salt\",\"username\":\"%s\"}";
    assertThat(site.json("/join", named.formatted("Ada"), by(token)).code())
        .isEqualTo("username_taken");
    Answer joined = site.json("/join", named.formatted("newcomer"), by(token));
    assertThat(joined.json().at("/user/username").asText()).isEqualTo("newcomer");
  }

  @Test
  void who_is_not_signed_in_cannot_join_and_a_form_leads_to_the_login_and_back() {
    Answer json = site.json("/join", KITCHEN);
    assertThat(json.status()).isEqualTo(401);
    assertThat(json.code()).isEqualTo("unauthorized");

    Answer form = site.form("/join", Map.of("room", "Küche & Bad", "password", "salt"));
    assertThat(form.status()).isEqualTo(303);
    String next = form.header("Location");
    assertThat(next).startsWith("/login?next=%2F%3Froom%3D").doesNotContain("salt");
    Answer login = site.get(next);
    assertThat(login.body()).contains("value=\"/?room=K%C3%BCche+%26+Bad\"");
    Answer landing = site.get("/?room=K%C3%BCche+%26+Bad", by(site.signedUp("ada")));
    assertThat(landing.body()).contains("value=\"Küche &amp; Bad\"");
  }

  @Test
  void a_form_joins_and_a_refused_one_comes_back_without_the_password() {
    String[] ada = by(site.signedUp("ada"));
    Answer joined = site.form("/join", Map.of("room", "Kitchen", "password", "salt"), ada);
    assertThat(joined.status()).isEqualTo(303);
    assertThat(joined.header("Location")).matches("/rooms/\\d+");
    assertThat(site.get(joined.header("Location"), ada).status()).isEqualTo(200);

    Answer refused =
        site.form(
            "/join", Map.of("room", "Kitchen", "password", "pepper"), by(site.signedUp("bob")));
    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.body())
        .contains("value=\"Kitchen\"", "id=\"password-error\"")
        .doesNotContain("pepper");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/rooms/999", "/rooms/x", "/rooms/-1", "/rooms/99999999999999999999"})
  void a_room_that_is_not_there_looks_like_one_that_is_not_mine(String absent) {
    String foreign =
        site.json("/join", KITCHEN, by(site.signedUp("ada"))).json().get("redirect").asText();
    String[] bob = by(site.signedUp("bob"));

    Answer one = site.get(absent, bob);
    Answer other = site.get(foreign, bob);

    assertThat(one.status()).isEqualTo(404).isEqualTo(other.status());
    assertThat(one.body()).isEqualTo(other.body()).contains("There is nothing here");
    Answer history = site.get("/api" + absent + "/messages", bob);
    assertThat(history.status()).isEqualTo(404);
    assertThat(history.body()).isEqualTo(site.get("/api" + foreign + "/messages", bob).body());
  }

  @Test
  void the_dashboard_lists_my_rooms_and_marks_my_own() {
    site.json("/join", KITCHEN, by(site.signedUp("ada")));
    String[] bob = by(site.signedUp("bob"));
    assertThat(site.get("/dashboard", bob).body()).contains("You are in no room yet");

    site.json("/join", KITCHEN, bob);
    assertThat(site.get("/dashboard", bob).body()).contains("Kitchen").doesNotContain(">yours<");
    site.json("/join", "{\"room\":\"Cellar\",\"password\":\"x\"}", bob);
    assertThat(site.get("/dashboard", bob).body()).contains("Kitchen", "Cellar", ">yours<");
  }

  @Test
  void one_leaves_a_room_and_the_owner_removes_members() {
    String[] ada = by(site.signedUp("ada"));
    String[] bob = by(site.signedUp("bob"));
    String[] cleo = by(site.signedUp("cleo"));
    Answer created = site.json("/join", KITCHEN, ada);
    String members = "/api" + created.json().get("redirect").asText() + "/members/";
    long bobsId = site.json("/join", KITCHEN, bob).json().at("/user/id").asLong();
    site.json("/join", KITCHEN, cleo);

    Answer notTheOwner = site.ask("DELETE", members + bobsId, cleo);
    assertThat(notTheOwner.status()).isEqualTo(403);
    assertThat(notTheOwner.code()).isEqualTo("not_the_owner");
    assertThat(site.ask("DELETE", members + bobsId, ada).status()).isEqualTo(204);
    assertThat(site.ask("DELETE", members + bobsId, ada).status()).isEqualTo(404);
    assertThat(site.get(created.json().get("redirect").asText(), bob).status()).isEqualTo(404);
    assertThat(site.ask("DELETE", members + "me", cleo).status()).isEqualTo(204);
    assertThat(site.ask("DELETE", members + "me", cleo).status()).isEqualTo(404);
    assertThat(site.ask("DELETE", members + "me").status()).isEqualTo(401);
    assertThat(site.ask("DELETE", members + "nobody", ada).status()).isEqualTo(404);
  }

  @Test
  void changing_and_reading_have_limits_of_their_own() {
    var once = new Rate(1, Duration.ofMinutes(15));
    try (var strict = new RunningSite(Map.of(Limit.GENERAL, once, Limit.READ, once))) {
      String[] ada = by(strict.signedUp("ada"));
      String path = strict.json("/join", KITCHEN, ada).json().get("redirect").asText();

      assertThat(strict.json("/join", KITCHEN, ada).status()).isEqualTo(429);
      assertThat(strict.get(path, ada).status()).isEqualTo(200);
      Answer second = strict.get(path, ada);
      assertThat(second.status()).isEqualTo(429);
      assertThat(second.header("Content-Type")).startsWith("text/html");
      assertThat(strict.get("/healthz", ada).status()).isEqualTo(200);
    }
  }
}
