package io.letschat.bootstrap;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import io.letschat.bootstrap.fixture.AwaitInProgram;
import io.letschat.bootstrap.fixture.Browsers;
import io.letschat.bootstrap.fixture.ChatProcess;
import io.letschat.bootstrap.fixture.TestSocket;
import io.letschat.bootstrap.fixture.Visitor;
import io.letschat.standin.ResendStandIn;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Somebody has forgotten the password, in a browser, with a stand-in for the service that mails.
 */
class ForgottenPasswordTest {
  private static final Pattern CODE = Pattern.compile("^ +([0-9]{6})$", Pattern.MULTILINE);

  @TempDir private Path folder;

  @Test
  void the_mailed_code_gives_a_new_password_ends_every_session_and_nothing_secret_is_logged()
      throws Exception {
    try (var resend = new ResendStandIn();
        var browsers = Browsers.open();
        var chat = ChatProcess.start(folder, mailing(resend))) {
      var ada = Visitor.signsUp(chat.address(), "ada");
      long room = ada.enters("tea", "secret");
      List<String> secrets = new ArrayList<>(List.of(ResendStandIn.KEY, ada.token()));
      try (var socket = TestSocket.connect(ada)) {
        socket.joins(room);
        Page page = browsers.person(1280, 800);
        page.navigate(chat.address() + "/login");
        page.getByText("Forgot your password?").click();
        page.locator("#email").fill(" ADA@example.org");
        look(page, "forgot-password");
        press(page, "Send me a code");
        page.waitForURL("**/verify-otp?*");
        assertThat(page.locator("#email")).hasValue("ADA@example.org");
        String code = code(mail(resend, 0));
        secrets.add(code);

        page.locator("#otp").fill(code.equals("000000") ? "000001" : "000000");
        page.locator("#newPassword").fill("a password of my own");
        press(page, "Change the password");
        assertThat(page.locator("#otp-error")).isVisible();
        assertThat(page.locator("#newPassword")).hasValue("");
        look(page, "verify-otp-refused");
        page.locator("#otp").fill(code.substring(0, 3) + " " + code.substring(3));
        page.locator("#newPassword").fill("a password of my own");
        press(page, "Change the password");
        page.waitForURL("**/login?notice=password-changed");
        assertThat(page.getByRole(AriaRole.STATUS)).containsText("Your password is changed");
        look(page, "login-after-recovery");

        AwaitInProgram.until(() -> !socket.isConnected(), () -> "the socket is still open");
        assertThat(ada.get("/api/auth/me").status()).isEqualTo(401);
        page.locator("#email").fill("ada@example.org");
        page.locator("#password").fill("a password of my own");
        press(page, "Log in");
        page.waitForURL("**/dashboard");
        assertThat(page.getByText("Devices")).isVisible();
        look(page, "dashboard-sessions");
      }
      secrets.addAll(List.of("a password of my own", "password of ada"));
      assertThat(chat.log()).doesNotContain(secrets).doesNotContain("ERROR");
    }
  }

  @Test
  void it_works_without_scripts_and_where_there_is_no_account_it_looks_the_same() throws Exception {
    try (var resend = new ResendStandIn();
        var browsers = Browsers.open();
        var chat = ChatProcess.start(folder, mailing(resend))) {
      Visitor.signsUp(chat.address(), "ada");
      Page page =
          browsers
              .person(390, 844)
              .context()
              .browser()
              .newContext(
                  new Browser.NewContextOptions()
                      .setJavaScriptEnabled(false)
                      .setColorScheme(ColorScheme.DARK)
                      .setViewportSize(390, 844))
              .newPage();
      page.navigate(chat.address() + "/forgot-password");
      page.locator("#email").fill("nobody@example.org");
      press(page, "Send me a code");
      page.waitForURL("**/verify-otp?*");
      String unknown = page.locator("main").innerHTML().replace("nobody", "ada");
      Browsers.screenshot(page, "verify-otp-390-dark-plain");

      page.navigate(chat.address() + "/forgot-password");
      page.locator("#email").fill("ada@example.org");
      press(page, "Send me a code");
      page.waitForURL("**/verify-otp?*");
      assertThat(page.locator("main").innerHTML()).isEqualTo(unknown);
      page.locator("#otp").fill(code(mail(resend, 0)));
      page.locator("#newPassword").fill("a password of my own");
      press(page, "Change the password");
      page.waitForURL("**/login?notice=password-changed");
      assertThat(resend.mails()).hasSize(1);
    }
  }

  @Test
  void an_address_is_verified_by_the_code_and_the_banner_goes() throws Exception {
    try (var resend = new ResendStandIn();
        var browsers = Browsers.open();
        var chat =
            ChatProcess.start(folder, with(mailing(resend), "REQUIRE_VERIFIED_EMAIL", "true"))) {
      Page page = browsers.person(390, 844);
      page.navigate(chat.address() + "/register");
      page.locator("#email").fill("ada@example.org");
      page.locator("#username").fill("ada");
      page.locator("#password").fill("password of ada");
      press(page, "Sign up");
      page.waitForURL("**/dashboard");
      page.locator("#room").fill("tea");
      page.locator("#password").fill("secret");
      press(page, "Enter the room");
      assertThat(page.getByRole(AriaRole.ALERT)).containsText("verify your e-mail address");

      resend.next(new ResendStandIn.With(422, "{\"name\":\"validation_error\"}"));
      page.getByText("Verify it").click();
      press(page, "Send me the code");
      assertThat(page.getByRole(AriaRole.ALERT)).containsText("could not be sent");
      look(page, "verify-email-failed");
      press(page, "Send me the code");
      assertThat(page.getByRole(AriaRole.STATUS)).containsText("on its way");
      look(page, "verify-email");
      page.locator("#otp").fill(code(mail(resend, 0)));
      press(page, "Verify");
      page.waitForURL("**/dashboard?notice=email-verified");
      assertThat(page.getByText("not verified yet")).hasCount(0);
      page.locator("#room").fill("tea");
      page.locator("#password").fill("secret");
      press(page, "Enter the room");
      page.waitForURL("**/rooms/*");

      page.navigate(chat.address() + "/profile");
      page.locator("#username").fill("Countess");
      press(page, "Change my name");
      assertThat(page.getByRole(AriaRole.STATUS)).containsText("Your name is changed");
      look(page, "profile");
    }
  }

  @Test
  void a_development_server_without_a_key_shows_the_code_in_its_mailbox() throws Exception {
    try (var browsers = Browsers.open();
        var chat = ChatProcess.start(folder, Map.of())) {
      Visitor.signsUp(chat.address(), "ada");
      Page page = browsers.person(1280, 800);
      page.navigate(chat.address() + "/forgot-password");
      page.locator("#email").fill("ada@example.org");
      press(page, "Send me a code");
      Page mailbox = page.waitForPopup(() -> page.getByText("here", exactly()).click());
      String code = mailbox.locator(".code").first().textContent();
      look(mailbox, "mailbox");
      page.locator("#otp").fill(code);
      page.locator("#newPassword").fill("a password of my own");
      look(page, "verify-otp-development");
      press(page, "Change the password");
      page.waitForURL("**/login?notice=password-changed");
    }
  }

  private static Page.GetByTextOptions exactly() {
    return new Page.GetByTextOptions().setExact(true);
  }

  private static Map<String, String> mailing(ResendStandIn resend) {
    return Map.of(
        "RESEND_API_KEY",
        ResendStandIn.KEY,
        "RESEND_API_URL",
        resend.address().toString(),
        "RESEND_FROM_EMAIL",
        "chat@letschat.example");
  }

  private static Map<String, String> with(Map<String, String> some, String name, String value) {
    Map<String, String> all = new HashMap<>(some);
    all.put(name, value);
    return all;
  }

  private static JsonNode mail(ResendStandIn resend, int number) throws Exception {
    AwaitInProgram.until(() -> resend.mails().size() > number, () -> "mails: " + resend.requests());
    return Visitor.JSON.readTree(resend.mails().get(number));
  }

  private static String code(JsonNode mail) {
    assertThat(mail.get("from").asText()).isEqualTo("LetsChat <chat@letschat.example>");
    assertThat(mail.at("/to/0").asText()).isEqualTo("ada@example.org");
    Matcher code = CODE.matcher(mail.get("text").asText());
    assertThat(code.find()).isTrue();
    assertThat(mail.get("html").asText()).contains(code.group(1));
    assertThat(mail.get("subject").asText()).isNotBlank().doesNotContain(code.group(1));
    return code.group(1);
  }

  private static void press(Page page, String button) {
    page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(button).setExact(true))
        .click();
  }

  /** The page at two widths, in light and in dark. */
  private static void look(Page page, String name) {
    var before = page.viewportSize();
    for (int width : new int[] {1280, 390}) {
      page.setViewportSize(width, width == 390 ? 844 : 800);
      for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
        Browsers.screenshot(
            page, name + "-" + width + "-" + scheme.name().toLowerCase(Locale.ROOT));
        assertThat(
                (Boolean)
                    page.evaluate(
                        "document.documentElement.scrollWidth <= document.documentElement.clientWidth"))
            .as("%s fits into %d", name, width)
            .isTrue();
      }
    }
    page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
    page.setViewportSize(before.width, before.height);
  }
}
