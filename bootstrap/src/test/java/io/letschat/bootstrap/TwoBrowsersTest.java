package io.letschat.bootstrap;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.letschat.bootstrap.fixture.Browsers;
import io.letschat.bootstrap.fixture.ChatProcess;
import io.letschat.standin.FaultyTcpProxy;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two people, two browsers: the story that the README promises. */
class TwoBrowsersTest {
  @TempDir private Path folder;

  @Test
  void two_people_sign_up_and_talk_through_a_cut_and_a_restart() throws Exception {
    try (var browsers = Browsers.open();
        var chat = ChatProcess.start(folder, Map.of());
        var wire = new FaultyTcpProxy(URI.create(chat.address()).getPort())) {
      Page ada = browsers.person(1280, 800);
      Page bob = browsers.person(390, 844);
      ada.navigate("http://localhost:" + wire.port() + "/");
      Browsers.screenshot(ada, "landing-1280");
      bob.navigate(chat.address() + "/");
      Browsers.screenshot(bob, "landing-390");
      signUp(ada, "ada", "dashboard-1280");
      signUp(bob, "bob", "dashboard-390");
      enter(ada, "Tea & <b>cake</b>");
      enter(bob, "tea & <B>cake</b>");
      assertThat(ada.locator("h1")).hasText("Tea & <b>cake</b>");

      say(ada, "Hello Bob, this is <i>inert</i> https://example.org");
      assertThat(messages(bob)).containsText(new String[] {"Hello Bob, this is <i>inert</i>"});
      bob.getByRole(AriaRole.TEXTBOX).pressSequentially("Hi");
      assertThat(ada.locator("#typing")).containsText("bob");
      Browsers.screenshot(ada, "chat-typing-1280");
      bob.getByRole(AriaRole.TEXTBOX).press("Enter");
      assertThat(messages(ada)).hasCount(2);
      assertThat(ada.locator("#online")).containsText("bob");

      wire.cut();
      assertThat(ada.locator("#banner")).isVisible();
      say(ada, "Said while the wire was cut");
      assertThat(messages(ada)).hasCount(3);
      Browsers.screenshot(ada, "chat-offline-1280");
      say(bob, "And this ada missed");
      wire.mend();
      assertThat(ada.locator("#banner")).isHidden();
      assertThat(messages(bob)).hasCount(4);
      assertThat(messages(ada)).hasCount(4);
      assertThat(messages(ada)).hasText(messages(bob).allInnerTexts().toArray(String[]::new));

      ada.reload();
      assertThat(messages(ada)).hasCount(4);
      chat.stop();
      chat.startAgain();
      say(bob, "After the restart");
      assertThat(messages(ada)).hasCount(5);
      ada.reload();
      assertThat(messages(ada)).hasCount(5);
      Path report = Files.write(folder.resolve("report.pdf"), SharingFilesTest.pdf(9_900_015));
      ada.locator("#file").setInputFiles(report);
      ada.locator(".send").click();
      Path saved = bob.waitForDownload(() -> bob.locator("a.file").click()).path();
      Assertions.assertThat(Files.mismatch(saved, report)).isEqualTo(-1);
      Browsers.screenshot(ada, "chat-1280");
      Browsers.screenshot(bob, "chat-390");
    }
  }

  private static void signUp(Page page, String name, String screenshot) {
    page.navigate(page.url() + "register");
    page.getByLabel("E-mail address").fill(name + "@example.org");
    page.getByLabel("Your name").fill(name);
    page.locator("#password").fill("password of " + name);
    Browsers.screenshot(page, "register-" + page.viewportSize().width);
    page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Sign up")).click();
    page.waitForURL("**/dashboard");
    Browsers.screenshot(page, screenshot);
  }

  private static void enter(Page page, String room) {
    page.locator("#room").fill(room);
    page.locator("#password").fill("secret");
    page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Enter the room")).click();
    page.waitForURL("**/rooms/*");
    assertThat(page.locator("#counts")).containsText("online");
  }

  private static void say(Page page, String text) {
    page.getByRole(AriaRole.TEXTBOX).fill(text);
    page.getByRole(AriaRole.TEXTBOX).press("Enter");
  }

  private static Locator messages(Page page) {
    return page.locator("#timeline .text");
  }
}
