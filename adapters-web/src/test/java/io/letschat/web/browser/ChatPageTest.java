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
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Chromium.class)
class ChatPageTest {
  private final OpenChat chat;

  ChatPageTest(Browser browser) {
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

  @Test
  void older_messages_load_on_scrolling_up_and_what_is_read_stays_in_its_place() {
    chat.after(130).open();
    assertThat(chat.messages()).hasCount(50);
    assertThat(chat.page.getByText("message 130", exactly())).isInViewport();
    Locator read = chat.page.getByText("message 82", exactly());

    chat.page.evaluate("() => document.getElementById('scroller').scrollTop = 80");
    double before = read.boundingBox().y;
    assertThat(chat.messages()).hasCount(100);
    assertThat(read.boundingBox().y).isEqualTo(before);

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
            Map.of("room_id", chat.room.id().value(), "last_seq", 1, "epoch", "another"),
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
  void a_session_that_ended_leads_to_the_login_and_back() {
    chat.open();
    chat.socket.onConnect = "unauthorized";

    chat.socket.lose("io server disconnect");

    String login = "/login?next=%2Frooms%2F" + chat.room.id();
    chat.page.waitForCondition(() -> chat.asked.stream().anyMatch(url -> url.endsWith(login)));
  }

  @Test
  void who_is_removed_from_the_room_is_told_and_writes_no_more() {
    chat.open();
    chat.bobSays("bye");

    chat.site.chat.endMembership.end(chat.bob.who(), chat.room.id(), chat.ada.user());
    chat.socket.deliver();

    assertThat(chat.page.locator("#banner"))
        .hasText("You do not belong to this room any more. To my rooms");
    assertThat(chat.field()).isDisabled();
  }

  @Test
  void a_banner_shows_while_there_is_no_connection() {
    chat.open();
    Locator banner = chat.page.locator("#banner");
    chat.bobSays("hello");
    assertThat(banner).isHidden();

    chat.socket.onConnect = "offline";
    chat.socket.lose();
    assertThat(banner).containsText("No connection");

    chat.socket.comeBack();
    assertThat(banner).isHidden();
  }

  @Test
  void it_shows_who_is_typing_and_tells_the_others_now_and_then() {
    chat.open();
    chat.socket.hear("user typing", Map.of("user_id", 77, "username", "cleo"));
    Locator line = chat.page.locator("#typing");
    assertThat(line).hasText("cleo is typing…");
    chat.socket.hear("user typing", Map.of("user_id", 78, "username", "dan"));
    assertThat(line).hasText("cleo and dan are typing…");
    chat.socket.hear("user stop typing", Map.of("user_id", 77, "username", "cleo"));
    assertThat(line).hasText("dan is typing…");

    chat.field().pressSequentially("many keys");
    chat.field().fill("");
    assertThat(chat.socket.mentioned).containsExactly("typing", "stop typing");
  }

  @Test
  void it_shows_who_is_here() {
    chat.open();
    chat.page.locator("#people-toggle").click();
    Locator people = chat.page.locator("#online .name");
    assertThat(people).hasText(new String[] {"ada (you)"});
    assertThat(chat.page.locator("#counts")).hasText("1 online · 2 members");

    chat.bob.opens(chat.room);
    chat.socket.deliver();
    assertThat(people).hasText(new String[] {"ada (you)", "bob"});
    assertThat(chat.page.locator("#counts")).hasText("2 online · 2 members");

    chat.socket.hear(
        "online users",
        List.of(Map.of("id", 9, "username", "zoe")),
        Map.of("online", 321, "total_members", 1_000));
    assertThat(chat.page.locator("#people-more")).hasText("and 320 more");
  }

  @Test
  void what_people_write_stays_text_and_only_web_addresses_become_links() {
    chat.open();
    chat.bobSays("<img src=x onerror=\"document.title='bad'\"><script>bad()</script>");
    chat.bobSays("javascript:alert(1) data:text/html,x http:// ftp://a.example");
    chat.bobSays("see https://example.org/a_(b)?c=d&e, or (http://example.org/x).");

    assertThat(chat.messages()).hasCount(3);
    assertThat(chat.page.locator("li.message img, li.message script")).hasCount(0);
    Locator links = chat.page.locator("li.message a");
    assertThat(links).hasCount(2);
    assertThat(links.nth(0)).hasAttribute("href", "https://example.org/a_(b)?c=d&e");
    assertThat(links.nth(1)).hasAttribute("href", "http://example.org/x");
    assertThat(links.nth(0)).hasAttribute("rel", Pattern.compile("noopener"));
    assertThat(chat.page).hasTitle("Kitchen · LetsChat");
  }

  @Test
  void the_limit_counts_characters_as_people_do() {
    chat.open();
    Locator send = chat.page.getByRole(AriaRole.BUTTON, named("Send"));
    assertThat(send).isDisabled();

    chat.field().fill("😀".repeat(1_999));
    assertThat(chat.page.locator("#limit")).hasText("1 characters left");
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

  private static Page.GetByRoleOptions named(String name) {
    return new Page.GetByRoleOptions().setName(name);
  }
}
