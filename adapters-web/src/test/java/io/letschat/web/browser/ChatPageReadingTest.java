package io.letschat.web.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.letschat.domain.message.Message;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What one reads on the chat page. */
@ExtendWith(PageBrowser.class)
class ChatPageReadingTest {
  private final OpenChat chat;

  ChatPageReadingTest(Browser browser) {
    chat = new OpenChat(browser);
  }

  @AfterEach
  void closeBrowser() {
    chat.close();
    assertThat(chat.complaints).isEmpty();
  }

  @Test
  void older_messages_load_on_scrolling_up_and_what_is_read_stays_in_its_place() {
    chat.after(130).open();
    assertThat(chat.messages()).hasCount(50);
    assertThat(chat.page.getByText("message 130", exactly())).isInViewport();
    Locator read = chat.page.getByText("message 82", exactly());

    // In one breath: nothing can have been loaded in between.
    Object before =
        read.evaluate(
            """
            (read) => {
              document.getElementById("scroller").scrollTop = 80;
              return read.getBoundingClientRect().y;
            }
            """);
    assertThat(chat.messages()).hasCount(100);
    assertThat(read.boundingBox().y).isEqualTo(((Number) before).doubleValue());

    chat.scrollTo("top");
    assertThat(chat.messages()).hasCount(130);
    assertThat(chat.numbers()).isEqualTo(upTo(130));
  }

  @Test
  void new_messages_scroll_by_themselves_only_for_who_is_at_the_end() {
    chat.after(60).open();
    assertThat(chat.messages()).hasCount(50);
    chat.bobSays("seen at once");
    assertThat(chat.page.getByText("seen at once")).isInViewport();

    chat.scrollTo("middle");
    Locator button = chat.page.locator("#to-newest");
    assertThat(button).isHidden();
    chat.bobSays("below");
    chat.bobSays("further below");
    assertThat(button).hasText("2 new messages");
    assertThat(chat.page.getByText("further below")).not().isInViewport();

    button.click();
    assertThat(chat.page.getByText("further below")).isInViewport();
    assertThat(button).isHidden();
  }

  @Test
  void a_hole_in_the_numbers_is_filled_from_the_history() {
    chat.after(3).open();
    assertThat(chat.messages()).hasCount(3);
    chat.after(20);
    chat.socket.drop();

    chat.bobSays("after the hole");

    assertThat(chat.messages()).hasCount(24);
    assertThat(chat.numbers()).isEqualTo(upTo(24));
  }

  @Test
  void who_was_away_for_long_gets_what_was_missed_once_and_in_order() {
    chat.after(10).open();
    assertThat(chat.messages()).hasCount(10);
    chat.socket.lose();
    chat.after(230);

    chat.socket.comeBack();

    assertThat(chat.messages()).hasCount(240);
    assertThat(chat.numbers()).isEqualTo(upTo(240));
    assertThat(chat.socket.joins.getLast().get("after_seq").asInt()).isEqualTo(10);
  }

  @Test
  void who_was_away_for_very_long_begins_at_the_end() {
    chat.after(10).open();
    assertThat(chat.messages()).hasCount(10);
    chat.socket.lose();
    chat.after(800);

    chat.socket.comeBack();

    assertThat(chat.messages()).hasCount(100);
    assertThat(chat.numbers()).isEqualTo(IntStream.rangeClosed(711, 810).boxed().toList());
  }

  @Test
  void after_a_restore_of_the_database_the_page_forgets_what_it_had() {
    chat.after(10).open();
    assertThat(chat.messages()).hasCount(10);
    Message third = chat.bob.reads(chat.room).get(2);
    chat.socket.lose();
    chat.socket.answers.add(
        Map.of(
            "ok",
            true,
            "complete",
            false,
            "online",
            1,
            "total_members",
            2,
            "room",
            Map.of("id", chat.room.id().value(), "last_seq", 1, "epoch", "another"),
            "messages",
            List.of(
                Map.of(
                    "seq",
                    1,
                    "user_id",
                    1,
                    "username",
                    "bob",
                    "content",
                    "told anew",
                    "created_at",
                    third.createdAt().toString()))));

    chat.socket.comeBack();

    assertThat(chat.messages()).hasCount(1);
    assertThat(chat.texts()).containsExactly("told anew");
    chat.socket.lose();
    chat.socket.comeBack();
    chat.page.waitForCondition(() -> chat.socket.joins.size() == 3);
    assertThat(chat.socket.joins.getLast().get("after_epoch").asText()).isEqualTo("another");
  }

  @Test
  void a_screen_reader_hears_new_messages_and_not_the_old_ones() {
    chat.after(60).open();
    assertThat(chat.messages()).hasCount(50);
    Locator log = chat.page.getByRole(AriaRole.LOG);
    assertThat(log).hasAttribute("aria-live", "polite");

    chat.page.evaluate(
        """
        () => {
          window.heard = [];
          new MutationObserver((changes) => {
            const live = document.querySelector("[role=log]").getAttribute("aria-live");
            for (const change of changes)
              for (const node of change.addedNodes) heard.push([live, node.dataset.seq]);
          }).observe(document.getElementById("timeline"), { childList: true });
        }
        """);
    chat.bobSays("new");
    chat.scrollTo("top");
    assertThat(chat.messages()).hasCount(61);
    assertThat(chat.page.evaluate("() => heard.map(([live, seq]) => live + seq).join()"))
        .asString()
        .startsWith("polite61,off")
        .doesNotContain(",polite");
  }

  private static List<Integer> upTo(int last) {
    return IntStream.rangeClosed(1, last).boxed().toList();
  }

  private static Page.GetByTextOptions exactly() {
    return new Page.GetByTextOptions().setExact(true);
  }
}
