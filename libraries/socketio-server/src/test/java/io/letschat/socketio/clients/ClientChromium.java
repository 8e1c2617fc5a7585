package io.letschat.socketio.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Chromium, where it is installed, with the newest client on a page of another origin. Used by one
 * thread.
 */
final class ClientChromium implements AutoCloseable {
  private static final String TRY =
      """
      ([url, transports]) => new Promise((done, failed) => {
        const answers = [];
        tryFeatures(
          io,
          {url, version: "4.8", transports, bytes: numbers => new Uint8Array(numbers).buffer},
          line => answers.push(line)
        ).then(() => done(answers), failed);
      })
      """;

  private final Playwright playwright;
  private final Browser browser;
  private final HttpServer pages;

  private ClientChromium(Playwright playwright, Browser browser, HttpServer pages) {
    this.playwright = playwright;
    this.browser = browser;
    this.pages = pages;
  }

  /**
   * Skips the test, saying so, where there is no Chromium; where {@code LETSCHAT_REQUIRE_BROWSER}
   * is set it fails.
   */
  static ClientChromium open() throws IOException {
    Optional<Path> chromium =
        Stream.of("chromium", "chromium-browser", "google-chrome")
            .flatMap(name ->
                Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
                    .map(folder -> Path.of(folder, name)))
            .filter(Files::isExecutable)
            .findFirst();
    if (System.getenv("LETSCHAT_REQUIRE_BROWSER") == null) {
      assumeTrue(
          chromium.isPresent(), "there is no Chromium on this machine, so no browser was tried");
    }
    assertThat(chromium).as("Chromium, which is required").isPresent();
    Playwright playwright =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    BrowserType.LaunchOptions options =
        new BrowserType.LaunchOptions()
            .setExecutablePath(chromium.orElseThrow())
            .setArgs(List.of("--no-sandbox", "--disable-gpu", "--no-first-run"));
    return new ClientChromium(playwright, playwright.chromium().launch(options), pages());
  }

  /** Chromium lets a page that it did not load from loopback itself open no WebSocket to there. */
  private static HttpServer pages() throws IOException {
    HttpServer made = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    made.createContext(
        "/",
        exchange -> {
          try (exchange) {
            byte[] page = "<!doctype html><title>clients</title>".getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "text/html");
            exchange.sendResponseHeaders(200, page.length);
            exchange.getResponseBody().write(page);
          }
        });
    made.start();
    return made;
  }

  /** For each feature "ok", or what went wrong. */
  Map<String, String> tryAll(Path clients, FeatureServer server, List<String> transports) {
    try (Page page = browser.newPage()) {
      page.navigate("http://127.0.0.1:" + pages.getAddress().getPort() + "/");
      page.addScriptTag(
          new Page.AddScriptTagOptions()
              .setPath(clients.resolve("node_modules/socket.io-client-4.8/dist/socket.io.js")));
      page.addScriptTag(new Page.AddScriptTagOptions().setPath(clients.resolve("features.js")));
      Map<String, String> answers = new LinkedHashMap<>();
      for (Object line : (List<?>) page.evaluate(TRY, List.of(server.url(), transports))) {
        Map<?, ?> pair = (Map<?, ?>) line;
        answers.put((String) pair.get("feature"), (String) pair.get("answer"));
      }
      // A page that closes takes the goodbyes with it that are still on their way.
      server.awaitGoodbyes("Chromium");
      return answers;
    }
  }

  @Override
  public void close() {
    browser.close();
    playwright.close();
    pages.stop(0);
  }
}
