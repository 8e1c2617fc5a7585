package io.letschat.web.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import io.letschat.domain.account.Username;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Who is there, and whether one still is. */
@ExtendWith(PageBrowser.class)
class ChatPagePeopleTest {
  private final OpenChat chat;

  ChatPagePeopleTest(Browser browser) {
    chat = new OpenChat(browser);
  }

  @AfterEach
  void closeBrowser() {
    chat.close();
    assertThat(chat.complaints).isEmpty();
  }

  @Test
  void a_session_that_ended_leads_to_the_login_and_back() {
    chat.open();
    chat.socket.onConnect = "unauthorized";
    chat.site.chat.logOut.logOut(chat.ada);

    chat.socket.lose("io server disconnect");

    chat.page.waitForURL("**/login?next=%2Frooms%2F" + chat.room.id());
    assertThat(chat.page.locator("h1")).hasText("Welcome back");
    chat.complaints.removeIf(complaint -> complaint.contains("401"));
  }

  /**
   * The sockets may know before the pages that a session is over. The page went to the login, which
   * sent it back, and so on, as fast as it could.
   */
  @Test
  void who_is_refused_by_the_sockets_alone_waits_and_tries_again() {
    chat.open();
    chat.socket.onConnect = "unauthorized";

    chat.socket.lose("io server disconnect");

    Locator banner = chat.page.locator("#banner");
    assertThat(banner).containsText("No connection");
    chat.socket.onConnect = "connected";
    assertThat(banner).isHidden();
    assertThat(chat.asked).noneMatch(url -> url.contains("/login"));
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
  void another_name_shows_in_the_list_and_on_what_was_said_before() {
    chat.open();
    chat.bobSays("before");
    chat.bob.opens(chat.room);
    chat.socket.deliver();
    Locator authors = chat.page.locator(".message .author");
    assertThat(authors).hasText(new String[] {"bob"});

    chat.site.chat.changeUsername.change(chat.bob.who(), Username.of("Robert"));
    chat.site.chat.pass(Duration.ofSeconds(3));
    chat.socket.deliver();

    assertThat(authors).hasText(new String[] {"Robert"});
    assertThat(chat.page.locator(".message .mark")).hasText("R");
    chat.page.locator("#people-toggle").click();
    assertThat(chat.page.locator("#online .name")).hasText(new String[] {"ada (you)", "Robert"});
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
}
