package io.letschat.web.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What one writes on the chat page. */
@ExtendWith(PageBrowser.class)
class ChatPageSendingTest {
  private final OpenChat chat;

  ChatPageSendingTest(Browser browser) {
    chat = new OpenChat(browser);
  }

  @AfterEach
  void closeBrowser() {
    chat.close();
    assertThat(chat.complaints).isEmpty();
  }

  @Test
  void a_message_stands_there_at_once_and_is_settled_when_it_was_kept() {
    chat.open();
    chat.socket.losesAnswers = true;

    chat.write("hello");

    assertThat(chat.unsent()).hasText(Pattern.compile("hello.*Sending…"));
    chat.socket.deliver();
    assertThat(chat.unsent()).hasCount(0);
    assertThat(chat.texts()).containsExactly("hello");
    assertThat(chat.numbers()).containsExactly(1);
  }

  @Test
  void an_empty_room_says_so_until_something_stands_there_also_what_is_not_sent_yet() {
    chat.open();
    Locator nothing = chat.page.getByText("Nothing has been said here yet.");
    assertThat(nothing).isVisible();
    chat.socket.swallows = true;

    chat.write("hello");

    assertThat(chat.unsent()).hasCount(1);
    assertThat(nothing).isHidden();
  }

  @Test
  void a_message_whose_answer_was_lost_is_sent_again_and_kept_once() {
    chat.after(3).open();
    chat.socket.losesAnswers = true;
    chat.write("once only");
    chat.page.waitForCondition(() -> chat.kept().contains("once only"));
    chat.socket.drop();

    chat.socket.lose();
    chat.socket.losesAnswers = false;
    chat.bob.says(chat.room, "meanwhile");
    chat.socket.comeBack();

    assertThat(chat.unsent()).hasCount(0);
    assertThat(chat.messages()).hasCount(5);
    assertThat(chat.texts())
        .containsExactly("message 1", "message 2", "message 3", "once only", "meanwhile");
    assertThat(chat.kept()).containsOnlyOnce("once only");
  }

  @Test
  void what_never_got_out_is_sent_after_coming_back_in_the_order_of_writing() {
    chat.open();
    chat.socket.swallows = true;
    chat.write("first");
    chat.write("second");
    chat.socket.onConnect = "offline";
    chat.socket.lose();
    chat.write("third");
    assertThat(chat.unsent()).hasCount(3);

    chat.socket.swallows = false;
    chat.socket.comeBack();

    assertThat(chat.unsent()).hasCount(0);
    assertThat(chat.kept()).containsExactly("first", "second", "third");
    assertThat(chat.texts()).containsExactly("first", "second", "third");
  }

  @Test
  void what_was_not_confirmed_and_what_was_begun_outlive_a_reload() {
    chat.open();
    chat.socket.swallows = true;
    chat.write("not yet sent");
    chat.field().fill("half a thou");
    String id = chat.socket.sent.getFirst().get("client_message_id").asText();

    chat.socket.onConnect = "offline";
    chat.page.reload();
    assertThat(chat.unsent()).containsText("not yet sent");
    assertThat(chat.field()).hasValue("half a thou");

    chat.socket.swallows = false;
    chat.socket.comeBack();
    assertThat(chat.unsent()).hasCount(0);
    assertThat(chat.socket.sent.getLast().get("client_message_id").asText()).isEqualTo(id);
    assertThat(chat.kept()).containsExactly("not yet sent");
  }

  @Test
  void a_message_of_unknown_outcome_is_tried_again_under_the_same_id() {
    chat.open();
    chat.socket.answers.add(PageSocket.refusal("retry", "Please try again."));

    chat.write("patience");

    assertThat(chat.page.locator("li.message[data-seq]")).hasCount(1);
    assertThat(chat.socket.sent).hasSize(2);
    assertThat(chat.socket.sent.get(0)).isEqualTo(chat.socket.sent.get(1));
  }

  @Test
  void a_refused_message_says_why_and_can_be_tried_again_or_discarded() {
    chat.open();
    chat.socket.answers.add(PageSocket.refusal("invalid_content", "Not like this."));
    chat.socket.answers.add(PageSocket.refusal("invalid_content", "Still not."));
    chat.write("one");
    Locator failed = chat.page.locator("li.failed");
    assertThat(failed).containsText("Not like this.");
    chat.write("two");
    assertThat(failed).hasCount(2);

    failed.first().getByText("Try again").click();
    assertThat(failed).hasCount(1);
    failed.first().getByText("Discard").click();

    assertThat(failed).hasCount(0);
    assertThat(chat.texts()).containsExactly("one");
    assertThat(chat.kept()).containsExactly("one");
  }
}
