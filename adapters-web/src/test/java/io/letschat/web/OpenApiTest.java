package io.letschat.web;

import static io.letschat.web.RunningSite.by;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.letschat.application.account.code.CodeMail;
import io.letschat.domain.limit.Limit;
import io.letschat.domain.limit.Rate;
import io.letschat.web.RunningSite.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The server against {@code docs/openapi.yaml}, in both directions. */
class OpenApiTest {
  private static final OpenApi API = OpenApi.read();
  private static final String[] AS_JSON = {"Accept", "application/json"};
  private static final ObjectMapper JSON = new ObjectMapper();

  /** By limits of their own. */
  private static final Set<String> COUNTED_OTHERWISE =
      Set.of(
          "POST /api/auth/register",
          "POST /api/auth/login",
          "POST /api/auth/forgetPassword",
          "POST /api/auth/verifyOTP",
          "POST /api/auth/requestOTP",
          "POST /api/auth/verifyEmail");

  private static final Pattern CODE =
      Pattern.compile(
          "(?:ApiException\\.of|[^.]of|new ApiException)\\(\\s*(?:\\d{3}|e\\.getStatus\\(\\)),\\s*\"([a-z_]+)\""
              + "|malformed\\(\\s*\"([a-z_]+)\"");
  private static final String PASSWORD = "a long password";

  private final Set<String> seen = new TreeSet<>();
  private RunningSite site = new RunningSite();

  @AfterEach
  void stop() {
    site.close();
  }

  @Test
  void the_document_and_the_server_have_the_same_routes() {
    List<String> routes = site.routes().stream().map(OpenApiTest::written).toList();

    assertThat(routes.stream().filter(route -> !route.startsWith("HEAD ")))
        .containsExactlyInAnyOrderElementsOf(API.operations());
    assertThat(named(routes, "HEAD ")).isEqualTo(named(routes, "GET "));
  }

  private static String written(String route) {
    return route.replace('<', '{').replace('>', '}');
  }

  private static Set<String> named(List<String> routes, String method) {
    Set<String> paths = new TreeSet<>();
    routes.stream()
        .filter(route -> route.startsWith(method))
        .forEach(route -> paths.add(route.substring(method.length())));
    return paths;
  }

  @Test
  void everything_that_can_succeed_does_so_as_the_document_says() {
    signingUpAndIn();
    String[] ada = by(site.signedUp("ada"));
    String[] bob = by(site.signedUp("bob"));
    verifying("ada", ada);
    verifying("bob", bob);
    talking(ada, bob);
    pictures(ada);
    pages(ada);
    machinery();
    sessions("ada", ada);
    recovering("bob");

    List<String> unseen = new ArrayList<>();
    for (String operation : API.operations()) {
      API.statuses(operation).stream()
          .filter(status -> status.startsWith("2") || status.startsWith("3"))
          .map(status -> operation + " " + status)
          .filter(each -> !seen.contains(each))
          .forEach(unseen::add);
    }
    assertThat(unseen).isEmpty();
  }

  private void signingUpAndIn() {
    var eve = Map.of("email", "eve@example.org", "password", PASSWORD, "username", "eve");
    json("POST /api/auth/register", eve);
    form("POST /api/auth/register", Map.of("email", "dan@example.org", "password", PASSWORD));
    json("POST /api/auth/login", Map.of("email", "dan@example.org", "password", PASSWORD));
    String[] session = {"Cookie", form("POST /api/auth/login", eve).cookie()};
    saw("GET /api/auth/me", site.get("/api/auth/me", session));
    saw("POST /api/auth/logout", site.ask("POST", "/api/auth/logout", session));
    form("POST /api/auth/logout", Map.of());
  }

  private void verifying(String name, String[] who) {
    String address = name + "@example.org";
    saw("GET /verify-email", site.get("/verify-email", who));
    site.chat.mail.outcome = CodeMail.Sending.DELAYED;
    saw("POST /api/auth/requestOTP", site.ask("POST", "/api/auth/requestOTP", who));
    site.chat.mail.outcome = CodeMail.Sending.SENT;
    form("POST /api/auth/requestOTP", Map.of(), who);
    saw("POST /api/auth/requestOTP", site.ask("POST", "/api/auth/requestOTP", who));
    var code = Map.of("otp", site.chat.mail.lastCodeFor(address).digits());
    if (name.equals("ada")) {
      json("POST /api/auth/verifyEmail", code, who);
    } else {
      form("POST /api/auth/verifyEmail", code, who);
    }
    saw("GET /verify-email", site.get("/verify-email", who));
    saw("GET /dev/mailbox", site.get("/dev/mailbox", fromHere()));
  }

  private void talking(String[] ada, String[] bob) {
    var kitchen = Map.of("room", "Kitchen", "password", "salt");
    String id = json("POST /join", kitchen, ada).json().at("/room/id").asText();
    form("POST /join", kitchen, bob);
    Answer shared = upload(id, "image.gif", "GIF89a" + "\1\0".repeat(40), bob);
    String file = shared.json().get("fileUrl").asText();
    upload(id, "paper.pdf", "%PDF-1.4\n%%EOF\n", ada);
    saw("GET /uploads/{name}", site.get(file, ada));
    saw("GET /uploads/{name}", site.get(file, with(ada, "If-None-Match", "*")));
    saw("GET /uploads/{name}", site.get(file, with(ada, "Range", "bytes=0-1")));
    saw("GET /uploads/{name}", site.get(file));
    String history = "/api/rooms/" + id + "/messages";
    Answer messages = site.get(history, ada);
    assertThat(messages.json().get("messages")).hasSize(2);
    saw("GET /api/rooms/{id}/messages", messages);
    saw("GET /rooms/{id}", site.get("/rooms/" + id, ada));
    saw("GET /rooms/{id}", site.get("/rooms/" + id));
    long bobsId = site.get("/api/auth/me", bob).json().at("/user/id").asLong();
    saw(
        "DELETE /api/rooms/{id}/members/{user_id}",
        site.ask("DELETE", "/api/rooms/" + id + "/members/" + bobsId, ada));
    saw(
        "DELETE /api/rooms/{id}/members/me",
        site.ask("DELETE", "/api/rooms/" + id + "/members/me", ada));
    json("POST /profile", Map.of("username", "adelheid"), ada);
    form("POST /profile", Map.of("username", "ada"), ada);
  }

  private void pictures(String[] ada) {
    String body =
        "--edge\r\nContent-Disposition: form-data; name=\"avatar\"; filename=\"me.gif\"\r\n\r\n"
            + "GIF89a\r\n--edge--\r\n";
    String type = "multipart/form-data; boundary=edge";
    saw("POST /profile/avatar", site.post("/profile/avatar", type, body, ada));
    String address =
        saw("POST /profile/avatar", site.post("/profile/avatar", type, body, with(ada, AS_JSON)))
            .json()
            .get("avatar_url")
            .asText();
    saw("GET /avatars/{name}", site.get(address, ada));
    saw("GET /avatars/{name}", site.get(address));
    saw("GET /api/avatars", site.get("/api/avatars?ids=1,2", ada));
    saw("POST /profile/avatar/remove", site.ask("POST", "/profile/avatar/remove", ada));
  }

  private Answer upload(String room, String name, String content, String[] who) {
    String body =
        """
        --edge\r
        Content-Disposition: form-data; name="room_id"\r
        \r
        %s\r
        --edge\r
        Content-Disposition: form-data; name="file"; filename="%s"\r
        \r
        %s\r
        --edge--\r
        """
            .formatted(room, name, content);
    return saw(
        "POST /api/upload",
        site.post("/api/upload", "multipart/form-data; boundary=edge", body, who));
  }

  private void pages(String[] ada) {
    for (String page : List.of("/", "/dashboard", "/profile")) {
      saw("GET " + page, site.get(page, ada));
    }
    for (String page : List.of("/dashboard", "/profile", "/verify-email")) {
      saw("GET " + page, site.get(page));
    }
    for (String page : List.of("/register", "/login", "/forgot-password", "/verify-otp")) {
      saw("GET " + page, site.get(page));
      saw("GET " + page, site.get(page, ada));
    }
  }

  private void machinery() {
    saw("GET /healthz", site.get("/healthz"));
    saw("GET /readyz", site.get("/readyz"));
    site.database = () -> false;
    saw("GET /readyz", site.get("/readyz"));
    site.stopping.begin();
    saw("GET /readyz", site.get("/readyz"));
    site.database = () -> true;
    saw("GET /metrics", site.get("/metrics", fromHere()));
    String page = site.get("/login").body();
    String style = page.substring(page.indexOf("/assets/"), page.indexOf("app.css") + 7);
    Map<String, String> files =
        Map.of(
            "GET /assets/{version}/{file}",
            style,
            "GET /socket.io/{file}",
            "/socket.io/socket.io.js",
            "GET /favicon.ico",
            "/favicon.ico");
    files.forEach((operation, file) -> {
      saw(operation, site.get(file));
      saw(operation, site.get(file, "If-None-Match", "*"));
    });
  }

  private void sessions(String name, String[] who) {
    var login = Map.of("email", name + "@example.org", "password", PASSWORD);
    json("POST /api/auth/login", login);
    json("POST /api/auth/login", login);
    Answer list = saw("GET /api/sessions", site.get("/api/sessions", who));
    List<String> others = new ArrayList<>();
    for (JsonNode session : list.json().get("sessions")) {
      if (!session.get("current").asBoolean()) {
        others.add(session.get("id").asText());
      }
    }
    json("POST /api/sessions/revoke", Map.of("session", others.get(0)), who);
    form("POST /api/sessions/revoke", Map.of("session", others.get(1)), who);
    saw("POST /api/sessions/revokeAll", site.ask("POST", "/api/sessions/revokeAll", who));
    String token = json("POST /api/auth/login", login).json().get("token").asText();
    form("POST /api/sessions/revokeAll", Map.of(), by(token));
  }

  private void recovering(String name) {
    String address = name + "@example.org";
    json("POST /api/auth/forgetPassword", Map.of("email", address));
    newPassword("json", address);
    form("POST /api/auth/forgetPassword", Map.of("email", address));
    newPassword("form", address);
  }

  private void newPassword(String way, String address) {
    // The mail goes out after the answer.
    site.chat.pass(Duration.ofSeconds(1));
    var fields =
        Map.of(
            "email",
            address,
            "otp",
            site.chat.mail.lastCodeFor(address).digits(),
            "newPassword",
            PASSWORD + way);
    if (way.equals("json")) {
      json("POST /api/auth/verifyOTP", fields);
    } else {
      form("POST /api/auth/verifyOTP", fields);
    }
  }

  @Test
  void without_a_session_everything_that_needs_one_is_a_401_and_what_is_public_is_not() {
    for (String operation : API.operations()) {
      String path = path(operation);
      Answer answer =
          API.operation(operation).has("requestBody")
              ? site.json(path, "{}", AS_JSON)
              : site.ask(method(operation), path, AS_JSON);
      API.check(operation, answer);
      boolean isPublic =
          API.operation(operation).has("security") || operation.equals("POST /api/auth/logout");
      assertThat(answer.status() == 401)
          .as("%s answers %s", operation, answer.status())
          .isEqualTo(!isPublic);
    }
  }

  @Test
  void what_comes_from_another_site_is_a_403_wherever_something_changes() {
    for (String operation : API.operations()) {
      if (!operation.startsWith("GET ")) {
        Answer answer =
            site.ask(method(operation), path(operation), "Sec-Fetch-Site", "cross-site");
        API.check(operation, answer);
        assertThat(answer.status()).as(operation).isEqualTo(403);
      }
    }
  }

  @Test
  void bodies_that_cannot_be_read_are_refused_as_the_document_says() {
    String[] ada = by(site.signedUp("ada"));
    for (String operation : API.operations()) {
      JsonNode body = API.operation(operation).path("requestBody");
      boolean file = body.at("/content").has("multipart/form-data");
      if (!body.isMissingNode() && !file) {
        String path = path(operation);
        refused(operation, 400, site.json(path, "{", ada));
        refused(operation, 415, site.post(path, "text/plain", "hello", ada));
        refused(operation, 413, site.json(path, "{\"a\":\"" + "b".repeat(70_000) + "\"}", ada));
        if (API.statuses(operation).contains("422")) {
          refused(operation, 422, site.json(path, "{}", ada));
        }
      }
    }
  }

  private static void refused(String operation, int status, Answer answer) {
    API.check(operation, answer);
    assertThat(answer.status()).as("%s: %s", operation, answer.body()).isEqualTo(status);
  }

  @Test
  void too_often_is_a_429_wherever_there_is_a_limit() {
    site.close();
    site =
        new RunningSite(
            Map.of(
                Limit.READ, Rate.parse("READ", "1/15m").orElseThrow(),
                Limit.GENERAL, Rate.parse("GENERAL", "1/15m").orElseThrow()));
    String[] json = with(by(site.signedUp("ada")), AS_JSON);
    site.get("/dashboard", json);
    site.ask("POST", "/api/sessions/revoke", json);
    Set<String> limited = new TreeSet<>();
    for (String operation : API.operations()) {
      if (API.statuses(operation).contains("429") && !COUNTED_OTHERWISE.contains(operation)) {
        limited.add(operation);
      }
    }
    Set<String> refused = new TreeSet<>();
    for (String operation : API.operations()) {
      if (!operation.equals("POST /api/auth/logout")) {
        Answer answer = site.ask(method(operation), path(operation), json);
        API.check(operation, answer);
        if (answer.status() == 429) {
          refused.add(operation);
        }
      }
    }
    assertThat(refused).isEqualTo(limited);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'message': 'No.'}",
        "{'message': 'No.', 'code': 7}",
        "{'message': null, 'code': 'no'}",
        "{'message': 'No.', 'code': 'Not This'}",
        "{'message': 'No.', 'code': 'no', 'more': 'than that'}",
        "{'message': 'No.', 'code': 'no', 'fields': {'email': 1}}",
        "{'message': 'No.', 'code': 'no', 'fields': []}",
        "[]"
      })
  void an_answer_with_more_or_less_or_something_else_is_noticed(String body) throws Exception {
    JsonNode error = API.schema("Error");
    API.check(error, JSON.readTree(quoted("{'message': 'No.', 'code': 'no'}")), "good");

    assertThatThrownBy(() -> API.check(error, JSON.readTree(quoted(body)), "bad"))
        .isInstanceOf(AssertionError.class);
  }

  private static String quoted(String json) {
    return json.replace('\'', '"');
  }

  @Test
  void every_code_of_an_error_is_in_the_page_for_people() throws IOException {
    var codes = new TreeSet<String>();
    try (Stream<Path> sources = Files.walk(Path.of("src/main/java"))) {
      for (Path source : sources.filter(Files::isRegularFile).toList()) {
        CODE.matcher(Files.readString(source))
            .results()
            .forEach(code -> codes.add(code.group(1) == null ? code.group(2) : code.group(1)));
      }
    }
    // Of the port behind the front, and of what has no name of its own.
    codes.removeAll(Set.of("not_the_front", "refused"));

    assertThat(codes).contains("not_found", "rate_limited", "email_taken");
    assertThat(Files.readString(Path.of("../docs/http-api.md")))
        .contains(codes.stream().map(code -> "`" + code + "`").toList());
  }

  private Answer json(String operation, Map<String, String> fields, String... headers) {
    return saw(operation, site.json(path(operation), JSON.valueToTree(fields).toString(), headers));
  }

  private Answer form(String operation, Map<String, String> fields, String... headers) {
    return saw(operation, site.form(path(operation), fields, headers));
  }

  private Answer saw(String operation, Answer answer) {
    API.check(operation, answer);
    seen.add(operation + " " + answer.status());
    return answer;
  }

  private static String method(String operation) {
    return operation.split(" ", 2)[0];
  }

  /** With something in its places. */
  private static String path(String operation) {
    return operation.split(" ", 2)[1].replaceAll("\\{(id|user_id)}", "4711").replaceAll("[{}]", "");
  }

  private static String[] fromHere() {
    return new String[] {"X-LetsChat-Client", "127.0.0.1", "X-LetsChat-Direct", "true"};
  }

  private static String[] with(String[] some, String... more) {
    String[] all = Arrays.copyOf(some, some.length + more.length);
    System.arraycopy(more, 0, all, some.length, more.length);
    return all;
  }
}
