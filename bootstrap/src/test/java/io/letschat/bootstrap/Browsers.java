package io.letschat.bootstrap;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Chromium, where it is installed. Screenshots go to {@code target/screenshots}. */
final class Browsers implements AutoCloseable {
  private static final Path SCREENSHOTS = Path.of("target", "screenshots");

  /** Playwright's objects know no other thread than the one that made them. */
  private static final ThreadLocal<Browser> STARTED = ThreadLocal.withInitial(Browsers::start);

  private final Browser browser;

  private Browsers(Browser browser) {
    this.browser = browser;
  }

  /**
   * The browser of this test process, started for its first test; every test has contexts of its
   * own. Skips the test, saying so, where there is no Chromium; with {@code
   * LETSCHAT_REQUIRE_BROWSER} it fails.
   */
  static Browsers open() {
    if (!STARTED.get().isConnected()) {
      STARTED.remove();
    }
    return new Browsers(STARTED.get());
  }

  private static Browser start() {
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
    var playwright =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    var options =
        new BrowserType.LaunchOptions()
            .setExecutablePath(
                chromium.orElseThrow(
                    () -> new AssertionError("Chromium is required and not there")))
            .setArgs(
                List.of(
                    "--no-sandbox",
                    "--disable-gpu",
                    "--disable-background-networking",
                    "--disable-component-update",
                    "--disable-sync",
                    "--no-first-run"));
    return playwright.chromium().launch(options);
  }

  /** A browser of somebody else: no cookies. */
  Page person(int width, int height) {
    BrowserContext context =
        browser.newContext(new Browser.NewContextOptions().setViewportSize(width, height));
    context.setDefaultTimeout(30_000);
    PlaywrightAssertions.setDefaultAssertionTimeout(30_000);
    return context.newPage();
  }

  static void screenshot(Page page, String name) {
    page.screenshot(new Page.ScreenshotOptions().setPath(SCREENSHOTS.resolve(name + ".png")));
  }

  @Override
  public void close() {
    List.copyOf(browser.contexts()).forEach(BrowserContext::close);
  }
}
