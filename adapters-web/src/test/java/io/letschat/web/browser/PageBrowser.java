package io.letschat.web.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests the machine's own Chromium, driven by Playwright and started once; without one they
 * are left out.
 */
final class PageBrowser implements ParameterResolver {
  /**
   * For all tests of this process. Playwright's objects know no other thread than the one that made
   * them.
   */
  private static final ThreadLocal<Browser> STARTED = ThreadLocal.withInitial(PageBrowser::start);

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == Browser.class;
  }

  @Override
  public Browser resolveParameter(ParameterContext parameter, ExtensionContext context) {
    if (!STARTED.get().isConnected()) {
      STARTED.remove();
    }
    return STARTED.get();
  }

  private static Browser start() {
    Optional<Path> program = program();
    if (System.getenv("LETSCHAT_REQUIRE_BROWSER") == null) {
      Assumptions.assumeTrue(program.isPresent(), "no Chromium on the PATH");
    }
    Playwright playwright =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    return playwright
        .chromium()
        .launch(
            new BrowserType.LaunchOptions()
                .setExecutablePath(program.orElseThrow())
                .setArgs(List.of("--no-sandbox")));
  }

  private static Optional<Path> program() {
    String folders = System.getenv().getOrDefault("PATH", "");
    return Stream.of(folders.split(File.pathSeparator))
        .flatMap(folder ->
            Stream.of("chromium", "chromium-browser", "google-chrome")
                .map(name -> Path.of(folder, name)))
        .filter(Files::isExecutable)
        .findFirst();
  }
}
