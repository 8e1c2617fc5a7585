package io.letschat.web.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import io.letschat.web.RunningSite;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Leaves pictures of the pages in {@code target/screenshots}. */
@ExtendWith(PageBrowser.class)
class PagesLookTest {
  private static final String LONG_ROOM =
      "The name of a room that goes on and on until it has all the hundred characters that a name has, hm";

  private final Browser browser;
  private final RunningSite site = new RunningSite();

  PagesLookTest(Browser browser) {
    this.browser = browser;
  }

  @AfterEach
  void stop() {
    site.close();
  }

  @ParameterizedTest
  @CsvSource({"1280, 800, LIGHT", "1280, 800, DARK", "390, 844, LIGHT", "390, 844, DARK"})
  void every_page_fits_the_window_and_carries_its_colours(
      int width, int height, ColorScheme colours) {
    String token = site.signedUp("ada");
    String room = enter(token, "Kitchen");
    enter(token, LONG_ROOM);
    String name = "-" + width + "-" + colours.name().toLowerCase(Locale.ROOT) + ".png";
    var nobody = Map.of("X-LetsChat-Front", RunningSite.SECRET);
    var ada = new HashMap<>(nobody);
    ada.put("Authorization", "Bearer " + token);

    try (BrowserContext context = context(width, height, colours, nobody)) {
      Page page = context.newPage();
      look(page, "/", "landing" + name);
      look(page, "/register", "register" + name);
      look(page, "/login", "login" + name);
      look(page, "/nothing", "failure" + name);
    }
    try (BrowserContext context = context(width, height, colours, ada)) {
      Page page = context.newPage();
      page.route("**/socket.io/**", route -> route.abort());
      look(page, "/", "landing-signed-in" + name);
      look(page, "/dashboard", "dashboard" + name);
      look(page, room, "chat" + name);
      String paper =
          (String) page.evaluate("() => getComputedStyle(document.body).backgroundColor");
      assertThat(paper)
          .isEqualTo(colours == ColorScheme.DARK ? "rgb(20, 23, 26)" : "rgb(251, 250, 247)");
    }
  }

  @Test
  void signing_up_joining_and_logging_out_work_without_scripts() {
    try (BrowserContext context =
        browser.newContext(
            new Browser.NewContextOptions()
                .setJavaScriptEnabled(false)
                .setExtraHTTPHeaders(Map.of("X-LetsChat-Front", RunningSite.SECRET)))) {
      Page page = context.newPage();
      page.navigate(address("/rooms/1"));
      page.getByText("Create an account").click();
      page.getByLabel("E-mail address").fill("new@example.org");
      page.getByLabel("Password").fill("a long password");
      page.locator("main button").click();
      assertThat(page.getByRole(AriaRole.HEADING).first()).hasText("There is nothing here");
      page.getByText("To my rooms").click();
      page.getByLabel("Room", new Page.GetByLabelOptions().setExact(true)).fill("Kitchen");
      page.getByLabel("Room password").fill("salt");
      page.getByLabel("Your name").fill("x y");
      page.getByText("Enter the room").click();
      assertThat(page.locator("#username-error")).isVisible();
      page.getByLabel("Your name").fill("newcomer");
      page.getByLabel("Room password").fill("salt");
      page.getByText("Enter the room").click();
      assertThat(page).hasTitle("Kitchen · LetsChat");
      page.getByText("Log out").click();
      assertThat(page).hasURL(address("/"));
      assertThat(page.getByText("Create an account")).isVisible();
    }
  }

  private void look(Page page, String path, String picture) {
    page.navigate(address(path));
    assertThat(page.getByRole(AriaRole.HEADING).first()).isVisible();
    page.screenshot(
        new Page.ScreenshotOptions().setPath(Path.of("target", "screenshots", picture)));
    assertThat(page.evaluate("() => document.documentElement.scrollWidth - window.innerWidth"))
        .as("what sticks out of " + path)
        .isEqualTo(0);
  }

  private BrowserContext context(
      int width, int height, ColorScheme colours, Map<String, String> headers) {
    return browser.newContext(
        new Browser.NewContextOptions()
            .setViewportSize(width, height)
            .setColorScheme(colours)
            .setReducedMotion(ReducedMotion.REDUCE)
            .setExtraHTTPHeaders(headers));
  }

  private String enter(String token, String room) {
    String body = "{\"room\":\"%s\",\"password\":\"salt\"}".formatted(room);
    return site.json("/join", body, RunningSite.by(token)).json().get("redirect").asText();
  }

  private String address(String path) {
    return "http://127.0.0.1:" + site.address().getPort() + path;
  }
}
