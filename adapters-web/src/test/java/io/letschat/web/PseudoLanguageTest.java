package io.letschat.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.letschat.domain.limit.Limit;
import io.letschat.domain.limit.Rate;
import io.letschat.testkit.PseudoLanguage;
import io.letschat.web.RunningSite.Answer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is said beside the catalogue shows: it has no brackets around it. */
class PseudoLanguageTest {
  private static final Pattern SAID = Pattern.compile("⟦[^⟧]*⟧");
  private static final Pattern ATTRIBUTE =
      Pattern.compile("\\s(?:aria-label|alt|title|placeholder)=\"([^\"]*)\"");

  /** Neither sentences nor ours: names and their initials, what people typed, and times. */
  private static final Pattern DATA =
      Pattern.compile(
          "LetsChat|UTC|aria-hidden=\"true\">[AT]</span>|ada@example\\.org|ada|[Tt]ea room|Java-http-client|<time[^>]*>[^<]*</time>"
              + "|<title>Tea room");

  private final RunningSite site =
      new RunningSite(
          Map.of(Limit.FORGOT_PASSWORD, new Rate(1, Duration.ofMinutes(15))),
          PseudoLanguage.sentences());
  private String[] ada;

  @BeforeEach
  void signUp() {
    ada = RunningSite.by(site.signedUp("ada"));
  }

  @AfterEach
  void close() {
    site.close();
  }

  @Test
  void nothing_on_a_page_is_said_beside_the_catalogue() {
    List<Answer> pages = new ArrayList<>();
    for (String path :
        List.of(
            "/",
            "/register",
            "/login?notice=password-changed",
            "/forgot-password",
            "/verify-otp?email=ada@example.org",
            "/nowhere")) {
      pages.add(site.get(path));
    }
    pages.add(site.get("/dashboard", ada));
    String room =
        site.json("/join", "{\"room\":\"Tea room\",\"password\":\"secret\"}", ada)
            .json()
            .at("/room/id")
            .asText();
    assertThat(room).isNotEmpty();
    for (String path :
        List.of(
            "/",
            "/dashboard?notice=email-verified",
            "/profile",
            "/verify-email",
            "/rooms/" + room)) {
      pages.add(site.get(path, ada));
    }
    pages.add(site.form("/api/auth/register", Map.of("email", "ada", "password", "short")));
    pages.add(site.form("/api/auth/login", Map.of("email", "", "password", "")));
    pages.add(site.form("/api/auth/verifyOTP", Map.of("email", "ada@example.org")));
    pages.add(site.form("/join", Map.of("room", "Tea room", "password", "wrong"), ada));
    pages.add(site.form("/profile", Map.of("username", "a"), ada));

    assertThat(pages).allSatisfy(page -> assertThat(unsaid(page.body())).isEmpty());
    assertThat(pages).allSatisfy(page -> assertThat(page.body()).contains("lang=\"en-XA\"", "⟦"));
  }

  @Test
  void no_error_and_no_answer_is_said_beside_the_catalogue() {
    List<Answer> answers = new ArrayList<>();
    answers.add(site.get("/api/auth/me"));
    answers.add(site.get("/api/nowhere"));
    answers.add(site.ask("PUT", "/api/auth/login"));
    answers.add(site.json("/api/auth/register", "{"));
    answers.add(site.json("/api/auth/register", ""));
    answers.add(site.json("/api/auth/register", "[]"));
    answers.add(site.json("/api/auth/register", "{\"email\":1,\"password\":\"short\"}"));
    answers.add(
        site.json(
            "/api/auth/register", "{\"email\":\"ada@example.org\",\"password\":\"long enough\"}"));
    answers.add(
        site.json("/api/auth/login", "{\"email\":\"bob@example.org\",\"password\":\"wrong\"}"));
    answers.add(site.post("/api/auth/login", "text/plain", "hello"));
    answers.add(site.json("/api/auth/login", "x".repeat(70_000)));
    answers.add(site.json("/api/auth/forgetPassword", "{\"email\":\"bob@example.org\"}"));
    answers.add(site.json("/api/auth/forgetPassword", "{\"email\":\"bob@example.org\"}"));
    answers.add(site.json("/api/auth/verifyEmail", "{\"otp\":\"000000\"}", ada));
    answers.add(site.json("/join", "{\"room\":\" \",\"password\":\"\"}", ada));
    answers.add(site.json("/profile", "{\"username\":\"room\"}", ada));
    answers.add(site.get("/api/rooms/1/messages?limit=0", ada));
    answers.add(site.get("/api/avatars?ids=x", ada));
    answers.add(site.json("/api/upload", "{}", ada));
    answers.add(site.json("/api/auth/requestOTP", "{}", ada));
    answers.add(site.json("/api/auth/logout", "{}", ada));
    site.stopping.begin();
    answers.add(site.get("/readyz"));

    assertThat(answers)
        .allSatisfy(answer -> {
          JsonNode body = answer.json();
          assertThat(unsaid(body.get("message").asText())).isEmpty();
          body.path("fields").forEach(field -> assertThat(unsaid(field.asText())).isEmpty());
          assertThat(body.get("message").asText()).startsWith("⟦");
        });
  }

  /** Letters that people read and that stand in no brackets. */
  private static List<String> unsaid(String html) {
    String open = DATA.matcher(SAID.matcher(html).replaceAll("")).replaceAll("");
    List<String> read = new ArrayList<>();
    ATTRIBUTE.matcher(open).results().forEach(attribute -> read.add(attribute.group(1)));
    read.addAll(List.of(open.replaceFirst("data-sentences=\"[^\"]*\"", "").split("<[^>]*>")));
    return read.stream().map(String::strip).filter(text -> text.matches("(?s).*\\p{L}.*")).toList();
  }
}
