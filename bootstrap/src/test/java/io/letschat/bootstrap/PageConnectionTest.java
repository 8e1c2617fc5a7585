package io.letschat.bootstrap;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.RequestOptions;
import io.letschat.bootstrap.fixture.Browsers;
import io.letschat.bootstrap.fixture.ChatProcess;
import io.letschat.bootstrap.fixture.ProxyInFront;
import io.letschat.bootstrap.fixture.Visitor;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The page's own client connects and comes back, whatever stands between it and the server. */
class PageConnectionTest {
  /** Well below the 20 s after which the client's own attempt ends. */
  private static final Duration SOON = Duration.ofSeconds(15);

  private static final String WEBSOCKET = "websocket";
  private static final String POLLING = "polling";

  @TempDir private static Path folder;
  private static Browsers browsers;
  private static ChatProcess chat;
  private static Visitor ada;
  private static long room;

  private ProxyInFront proxy;
  private Page page;

  /** The transports of the attempts to connect, in their order. */
  private final List<String> tried = new CopyOnWriteArrayList<>();

  @BeforeAll
  static void start() throws Exception {
    browsers = Browsers.open();
    chat = ChatProcess.start(folder, Map.of());
    ada = Visitor.signsUp(chat.address(), "ada");
    room = ada.enters("Kitchen", "secret");
  }

  @AfterAll
  static void stop() {
    if (chat != null) {
      chat.close();
    }
    if (browsers != null) {
      browsers.close();
    }
  }

  @BeforeEach
  void openBrowser() throws Exception {
    proxy = new ProxyInFront(URI.create(chat.address()).getPort());
    page = browsers.person(390, 700);
    page.context()
        .request()
        .post(
            chat.address() + "/api/auth/login",
            RequestOptions.create()
                .setData(Map.of("email", "ada@example.org", "password", "password of ada")));
    page.onRequest(request -> noteAttempt(request.url()));
    page.onWebSocket(socket -> noteAttempt(socket.url()));
  }

  @AfterEach
  void closeBrowser() throws Exception {
    page.context().close();
    proxy.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {ProxyInFront.SWALLOW, 200, 400, 403})
  void where_the_way_takes_no_websocket_the_page_polls_and_remembers_it(int answer) {
    proxy.webSockets = answer;
    long began = System.nanoTime();
    open();
    awaitConnection();
    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(SOON);
    says("by polling, answered " + answer);

    tried.clear();
    proxy.breakConnections();
    awaitAttempt();
    says("polling again, answered " + answer);
    assertThat(tried.getFirst()).isEqualTo(POLLING);

    tried.clear();
    open();
    says("after a reload, answered " + answer);
    assertThat(tried.getFirst()).isEqualTo(POLLING);
  }

  @Test
  void where_a_websocket_gets_through_again_the_page_goes_back_to_it() {
    proxy.webSockets = 403;
    open();
    says("without");

    proxy.webSockets = ProxyInFront.PASS;
    tried.clear();
    proxy.breakConnections();
    awaitAttempt();
    page.waitForCondition(() -> tried.contains(WEBSOCKET));
    page.waitForFunction("() => localStorage.getItem('letschat.transport') === null");
    says("with");

    tried.clear();
    proxy.breakConnections();
    awaitAttempt();
    says("with it at once");
    assertThat(tried).containsOnly(WEBSOCKET);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "delete window.WebSocket",
        "window.WebSocket = class { constructor() { throw new Error('no'); } }"
      })
  void a_browser_without_websockets_polls(String spoiled) {
    page.addInitScript(spoiled);
    long began = System.nanoTime();

    open();

    awaitConnection();
    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(SOON);
    says("without WebSocket: " + spoiled.length());
  }

  /** Clients take a CONNECT_ERROR for the last word; only {@code unauthorized} is one. */
  @Test
  void a_refusal_that_may_pass_is_tried_again_by_the_page() {
    page.addInitScript(
        """
        window.refusals = 2;
        const refused = { data: '44{"message":"unavailable"}' };
        window.WebSocket = class extends WebSocket {
          set onmessage(listener) {
            super.onmessage = (event) =>
              listener(event.data.startsWith("40") && refusals-- > 0 ? refused : event);
          }
        };
        """);

    open();

    says("admitted at last");
    assertThat(page.evaluate("() => refusals")).isEqualTo(-1);
  }

  @Test
  void while_handshakes_are_answered_503_the_page_says_so_and_comes_back() {
    open();
    awaitConnection();
    proxy.webSockets = 503;
    page.route(
        url -> url.contains("/socket.io/?"),
        route -> route.fulfill(new Route.FulfillOptions().setStatus(503)));
    proxy.breakConnections();
    assertThat(page.locator("#banner")).containsText("Reconnecting");
    tried.clear();
    page.waitForCondition(() -> tried.contains(WEBSOCKET) && tried.contains(POLLING));

    page.unrouteAll();
    proxy.webSockets = ProxyInFront.PASS;

    says("back by itself");
    assertThat(page.locator("#banner")).isHidden();
  }

  private void open() {
    page.navigate("http://localhost:" + proxy.port() + "/rooms/" + room);
  }

  private void awaitConnection() {
    assertThat(page.locator("#counts")).containsText("online");
  }

  private void awaitAttempt() {
    page.waitForCondition(() -> !tried.isEmpty());
  }

  private void says(String text) {
    page.locator("#content").fill(text);
    page.locator("#content").press("Enter");
    assertThat(page.locator("li.message[data-seq] .text").last()).hasText(text);
  }

  private void noteAttempt(String url) {
    if (url.contains("/socket.io/?") && !url.contains("sid=")) {
      tried.add(url.contains("transport=websocket") ? WEBSOCKET : POLLING);
    } else if (url.contains("transport=websocket")) {
      tried.add(WEBSOCKET);
    }
  }
}
