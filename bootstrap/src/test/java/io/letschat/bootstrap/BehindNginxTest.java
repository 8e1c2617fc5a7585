package io.letschat.bootstrap;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.FilePayload;
import io.letschat.bootstrap.fixture.Browsers;
import io.letschat.bootstrap.fixture.ChatProcess;
import io.letschat.bootstrap.fixture.Nginx;
import io.letschat.bootstrap.fixture.TestSocket;
import io.letschat.bootstrap.fixture.Visitor;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A chat that began at the root of its host and is shown below {@code /chat} since, by an nginx
 * that passes the base path on and by one that cuts it off.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BehindNginxTest {
  @TempDir static Path folder;
  private ChatProcess chat;
  private Nginx nginx;
  private Visitor ada;
  private long room;
  private String oldPicture;

  @BeforeAll
  void move() throws Exception {
    Nginx.assumeInstalled();
    try (var before = ChatProcess.start(folder, Map.of())) {
      ada = Visitor.signsUp(before.address(), "ada");
      room = ada.enters("tea", "secret");
      JsonNode shared = ada.uploads(room, "old.png", SharingFilesTest.picture(60, 40), "1").body();
      oldPicture = shared.get("fileUrl").asText();
    }
    chat = ChatProcess.start(folder, Map.of("BASE_PATH", "/chat", "TRUST_PROXY", "127.0.0.1"));
    nginx = Nginx.start(folder, chat.address());
  }

  @AfterAll
  void stop() {
    if (nginx != null) {
      nginx.close();
    }
    if (chat != null) {
      chat.close();
    }
  }

  @Test
  void a_browser_does_everything_below_the_base_path_and_asks_for_nothing_elsewhere()
      throws Exception {
    String base = nginx.passing();
    String name = "bob";
    List<String> asked = new CopyOnWriteArrayList<>();
    List<String> failed = new CopyOnWriteArrayList<>();
    try (var browsers = Browsers.open()) {
      Page page = browsers.person(1000, 800);
      page.onRequest(request -> asked.add(request.url()));
      page.onWebSocket(socket -> asked.add(socket.url()));
      page.onResponse(response -> {
        if (response.status() >= 400) {
          failed.add(response.status() + " " + response.url());
        }
      });
      page.onPageError(failed::add);

      page.navigate(base + "/rooms/" + room);
      page.waitForURL(base + "/login?next=%2Fchat%2Frooms%2F" + room);
      page.getByRole(AriaRole.LINK, named("Create an account")).click();
      page.getByLabel("E-mail address").fill(name + "@example.org");
      page.getByLabel("Your name").fill(name);
      page.locator("#password").fill("password of " + name);
      assertThat(failed).isEmpty();
      page.getByRole(AriaRole.BUTTON, named("Sign up")).click();
      // The room is not there for somebody who does not belong to it.
      page.waitForURL(base + "/rooms/" + room);
      assertThat(page.locator("h1")).hasText("There is nothing here");
      assertThat(failed).containsExactly("404 " + base + "/rooms/" + room);
      failed.clear();
      page.getByRole(AriaRole.LINK, named("To my rooms")).click();
      page.locator("#room").fill("tea");
      page.locator("#password").fill("secret");
      page.getByRole(AriaRole.BUTTON, named("Enter the room")).click();
      page.waitForURL(base + "/rooms/" + room);

      Locator pictures = page.locator("#timeline .picture img");
      isShown(pictures.first(), oldPicture);
      page.getByRole(AriaRole.TEXTBOX).fill("below a path, says " + name);
      page.getByRole(AriaRole.TEXTBOX).press("Enter");
      assertThat(page.locator("#timeline .text").last()).hasText("below a path, says " + name);
      int before = pictures.count();
      page.locator("#file")
          .setInputFiles(new FilePayload("new.png", "image/png", SharingFilesTest.picture(80, 50)));
      page.locator("#composer .send").click();
      assertThat(pictures).hasCount(before + 1);
      isShown(pictures.last(), "/uploads/");
      pictures.last().click();
      isShown(page.locator("#lightbox img"), "/uploads/");
      page.keyboard().press("Escape");
      page.reload();
      assertThat(pictures).hasCount(before + 1);
      assertThat(keys(page)).isNotEmpty().allMatch(key -> key.endsWith("@/chat"));

      page.getByRole(AriaRole.LINK, named(name)).click();
      page.locator("#avatar")
          .setInputFiles(new FilePayload("me.png", "image/png", SharingFilesTest.picture(90, 90)));
      page.getByRole(AriaRole.BUTTON, named("Use it")).click();
      isShown(page.locator(".portrait img"), "/avatars/");
      page.getByRole(AriaRole.BUTTON, named("Log out")).click();
      page.waitForURL(base + "/");
      assertThat(page.context().cookies()).isEmpty();
      Browsers.screenshot(page, "base-path");
    }
    assertThat(failed).isEmpty();
    assertThat(asked)
        .anyMatch(url -> url.startsWith("ws://") && url.contains("/chat/socket.io/"))
        .anyMatch(url -> url.endsWith("/chat/socket.io/socket.io.esm.min.js"))
        .allMatch(url -> url.matches("(http|ws)://127\\.0\\.0\\.1:[0-9]+/chat/.*|(data|blob):.*"));
  }

  @ParameterizedTest
  @CsvSource({
    "websocket, true",
    "polling, true",
    "'polling,websocket', true",
    "websocket, false",
    "polling, false"
  })
  void an_unchanged_client_that_is_told_the_path_talks_by_every_transport(
      String transports, boolean passing) {
    var here = new Visitor(passing ? nginx.passing() : nginx.cutting(), "ada", ada.token(), 1);
    try (var socket = TestSocket.tryToConnect(here.address(), here.token(), transports)) {
      assertThat(socket.outcome()).isEqualTo("connected");
      JsonNode joined = socket.joins(room);
      assertThat(joined.at("/messages/0/content").asText()).isEqualTo("/chat" + oldPicture);
      JsonNode said = socket.says(room, "by " + transports);
      socket.awaits("new message", 1);
      assertThat(socket.messages().getLast()).isEqualTo(said);
      // Some clients say by socket what the upload has said already.
      JsonNode again =
          socket.ask(
              "send message",
              Map.of("room_id", room, "content", "/chat" + oldPicture, "message_type", "image"));
      assertThat(again.at("/message/seq").asLong()).isEqualTo(1);
    }
  }

  @Test
  void probes_need_not_know_the_base_path_and_the_log_says_where_it_is() {
    for (String path : List.of("/healthz", "/readyz", "/metrics")) {
      for (String base : List.of("", "/chat")) {
        assertThat(new Visitor(chat.address(), "", "", 0).fetches(base + path).statusCode())
            .isEqualTo(200);
      }
    }
    int port = URI.create(chat.address()).getPort();
    assertThat(chat.log()).contains("is at http://localhost:" + port + "/chat/");
    assertThat(chat.log()).doesNotContain("ERROR");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void a_session_from_before_goes_on_by_either_proxy(boolean passing) {
    var here = new Visitor(passing ? nginx.passing() : nginx.cutting(), "ada", ada.token(), 1);
    assertThat(here.get("/api/auth/me").status()).isEqualTo(200);
    assertThat(here.fetches(oldPicture).statusCode()).isEqualTo(200);
    String page = new String(here.fetches("/rooms/" + room).body(), StandardCharsets.UTF_8);
    assertThat(page).contains("href=\"/chat/dashboard\"").doesNotContain("=\"/dashboard");
    JsonNode joined = here.post("/join", Map.of("room", "tea", "password", "secret")).body();
    assertThat(joined.get("redirect").asText()).isEqualTo("/chat/rooms/" + room);
  }

  private static void isShown(Locator image, String path) {
    assertThat(image)
        .hasAttribute(
            "src", Pattern.compile("^(http://127\\.0\\.0\\.1:[0-9]+)?/chat" + path + ".*"));
    assertThat(image).hasJSProperty("complete", true);
    assertThat((int) image.evaluate("image => image.naturalWidth")).isPositive();
  }

  @SuppressWarnings("unchecked")
  private static List<String> keys(Page page) {
    return (List<String>) page.evaluate("() => Object.keys(sessionStorage)");
  }

  private static Page.GetByRoleOptions named(String name) {
    return new Page.GetByRoleOptions().setName(name);
  }
}
