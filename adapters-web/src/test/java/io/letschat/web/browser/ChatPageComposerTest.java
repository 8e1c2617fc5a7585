package io.letschat.web.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The field one writes in. */
@ExtendWith(PageBrowser.class)
class ChatPageComposerTest {
  private static final int MOST = 10_000;
  private static final String MEGABYTES = "word ".repeat(1_000_000);

  private final Browser browser;
  private final OpenChat chat;

  ChatPageComposerTest(Browser browser) {
    this.browser = browser;
    chat = new OpenChat(browser);
  }

  @AfterEach
  void closeBrowser() {
    chat.close();
    assertThat(chat.complaints).isEmpty();
  }

  @Test
  void the_limit_counts_characters_as_people_do() {
    chat.open();
    Locator send = chat.page.getByRole(AriaRole.BUTTON, named("Send"));
    assertThat(send).isDisabled();

    chat.field().fill("😀".repeat(1_999));
    assertThat(chat.page.locator("#limit")).hasText("1 character left");
    chat.field().fill("😀".repeat(2_001));
    assertThat(chat.page.locator("#limit")).hasText("1 over the limit of 2000 characters");
    assertThat(send).isDisabled();
    chat.field().press("Enter");
    chat.field().fill("😀".repeat(2_000));
    send.click();

    assertThat(chat.page.locator("li.message[data-seq]")).hasCount(1);
    assertThat(chat.kept()).containsExactly("😀".repeat(2_000));
  }

  @Test
  void enter_sends_and_shift_with_enter_makes_a_line() {
    chat.open();
    chat.field().pressSequentially("one");
    chat.field().press("Shift+Enter");
    chat.field().pressSequentially("two");
    chat.field().press("Enter");

    assertThat(chat.messages()).hasCount(1);
    assertThat(chat.field()).hasValue("");
    chat.page.waitForCondition(() -> chat.kept().equals(List.of("one\ntwo")));
  }

  /** Safari tells of the end of a composition before it tells of the key that ended it. */
  @Test
  void the_enter_that_confirms_a_word_of_an_input_method_does_not_send_it() {
    chat.open();
    chat.field().fill("にほん");
    Object kept =
        chat.page.evaluate(
            """
            () => {
              const field = document.getElementById("content");
              const bubbles = true;
              const key = { key: "Enter", code: "Enter", bubbles, cancelable: true };
              const down = (more) => field.dispatchEvent(new KeyboardEvent("keydown", { ...key, ...more }));
              const composition = (type) =>
                field.dispatchEvent(new CompositionEvent(type, { data: "日本", bubbles }));
              const webKit = () => {
                composition("compositionstart");
                composition("compositionupdate");
                field.value = "日本";
                field.dispatchEvent(new InputEvent("input", { inputType: "insertFromComposition", bubbles }));
                composition("compositionend");
                return down({ keyCode: 229, isComposing: false });
              };
              const chromium = () => {
                composition("compositionstart");
                const went = down({ keyCode: 229, isComposing: true });
                composition("compositionend");
                return went;
              };
              return [webKit(), chromium(), field.value];
            }
            """);
    assertThat(kept).isEqualTo(List.of(true, true, "日本"));
    assertThat(chat.socket.sent).isEmpty();

    chat.field().press("Enter");

    assertThat(chat.messages()).hasCount(1);
    assertThat(chat.texts()).containsExactly("日本");
  }

  @Test
  void on_touch_enter_makes_a_line_and_the_button_sends() {
    try (var touch = OpenChat.byTouch(browser).open()) {
      assertThat(touch.field()).hasAttribute("enterkeyhint", "enter");
      touch.field().pressSequentially("one");
      touch.field().press("Enter");
      touch.field().pressSequentially("two");
      assertThat(touch.field()).hasValue("one\ntwo");
      assertThat(touch.socket.sent).isEmpty();

      touch.page.getByRole(AriaRole.BUTTON, named("Send")).tap();

      assertThat(touch.messages()).hasCount(1);
      assertThat(touch.texts()).containsExactly("one\ntwo");
    }
  }

  /** Each key took 17 s, and the draft brought it all back after a reload. */
  @Test
  void five_megabytes_in_the_field_are_cut_and_the_page_says_so() {
    chat.open();
    Locator limit = chat.page.locator("#limit");

    chat.paste(MEGABYTES);

    assertThat(limit)
        .hasText(
            "7999 over the limit of 2000 characters. The field is full: 4990000 characters left out");
    assertThat(chat.field()).hasValue(MEGABYTES.substring(0, MOST));
    chat.field().press("Backspace");
    assertThat(limit).hasText("7999 over the limit of 2000 characters");
    chat.field().press("x");
    chat.field().press("y");
    assertThat(limit).hasText("8000 over the limit of 2000 characters. The field is full");
    chat.paste("more");
    assertThat(limit).containsText("4 characters left out");

    chat.page.reload();
    assertThat(limit).hasText("8000 over the limit of 2000 characters. The field is full");
    chat.field().selectText();
    chat.paste("short");
    assertThat(limit).isHidden();
    assertThat(chat.field()).hasValue("short");
  }

  @Test
  void a_draft_of_megabytes_from_before_comes_back_cut_and_the_page_says_so() {
    chat.open();
    chat.page.evaluate(
        """
        (text) => {
          const key = Object.keys(sessionStorage).find((key) => key.startsWith("letschat.draft."));
          sessionStorage.setItem(key, text);
        }
        """,
        "x" + "😀".repeat(500_000));

    chat.page.reload();

    Locator limit = chat.page.locator("#limit");
    assertThat(limit).containsText("The field is full: 990002 characters left out");
    assertThat(chat.field()).hasValue("x" + "😀".repeat(MOST / 2 - 1));
    chat.field().press("End");
    chat.field().press("Backspace");
    chat.page.reload();
    assertThat(chat.field()).hasValue("x" + "😀".repeat(MOST / 2 - 2));
    assertThat(limit).hasText("2999 over the limit of 2000 characters");
  }

  private static Page.GetByRoleOptions named(String name) {
    return new Page.GetByRoleOptions().setName(name);
  }
}
