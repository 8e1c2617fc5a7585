package io.letschat.web.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.list;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Addresses in what people write. */
@ExtendWith(PageBrowser.class)
class ChatPageLinksTest {
  /** One text a line; what becomes a link stands between ⟦ and ⟧. */
  private static final String TEXTS =
      """
      ⟦https://example.com/a⟧，然后
      看⟦https://example.com/a⟧。然后
      （⟦https://example.com/a⟧）
      「⟦https://example.com/a⟧」と言った
      『⟦https://example.com/a⟧』、【⟦https://example.com/b⟧】
      ⟦https://example.com/a⟧！⟦https://example.com/b⟧？⟦https://example.com/c⟧；
      ⟦https://example.com⟧，然后
      ⟦https://example.com⟧然后
      ⟦https://example.com:8080⟧。
      看⟦www.example.com⟧吧
      ‘⟦https://example.com/a⟧’然后
      ⟦https://example.com/a⟧～b
      ⟦https://example.com/a⟧　b
      «⟦https://example.com/g⟧»
      ‹⟦https://example.com/g⟧›,
      “⟦https://example.com/smart⟧”
      „⟦https://example.com/smart⟧“ sagt sie
      ‘⟦https://example.com/a⟧’
      ⟦https://example.com/a⟧…
      ⟦https://example.com/a⟧—then
      ⟦https://example.com/a⟧’s idea and ⟦https://example.com⟧’s
      ⟦https://example.com/a⟧'s idea
      ⟦https://example.com/a⟧، ثم
      ⟦https://example.com/a⟧؟
      ⟦https://example.com/a⟧।
      ⟦https://example.com/a⟧, ⟦https://example.com/b⟧; ⟦https://example.com/c⟧.
      ⟦https://example.com/a⟧,⟦https://example.com/b⟧|⟦https://example.com/c⟧|
      "⟦https://example.com/a⟧"; '⟦https://example.com/a⟧'?!
      <⟦https://example.com/a⟧> `⟦https://example.com/a⟧`
      (⟦https://example.com/a⟧) [⟦https://example.com/a⟧] {⟦https://example.com/a⟧}
      [text](⟦https://example.com/a⟧)more
      _⟦https://example.com/a⟧_ **⟦https://example.com/a⟧**. ~~⟦https://example.com/a⟧~~
      ⟦https://youtu.be/abc_⟧ ⟦https://example.com/*⟧
      ⟦https://en.wikipedia.org/wiki/Terminator_(franchise)⟧
      (⟦https://en.wikipedia.org/wiki/Terminator_(franchise)⟧).
      ⟦https://fr.wikipedia.org/wiki/L’Équipe⟧
      ⟦https://en.wikipedia.org/wiki/Michelson–Morley_experiment⟧
      ⟦https://ja.wikipedia.org/wiki/レオナルド・ダ・ヴィンチ⟧
      ⟦https://zh.wikipedia.org/wiki/王⟧，⟦https://de.wikipedia.org/wiki/Straße⟧
      ⟦https://en.wikipedia.org/wiki/🦄⟧
      ⟦https://x.example/search?utf8=✓&a=1⟧
      ⟦https://x.example/search?utf8=✓⟧
      ⟦https://x.example/?a[]=1&b[]=2⟧ ⟦https://x.example/a,b;c:d!e⟧
      ⟦https://web.archive.org/web/2020/https://example.com/⟧
      ⟦https://example.com?q=1⟧ ⟦https://example.com#x⟧
      ⟦https://example.com⟧😀 ⟦https://example.com/a⟧👍🏽
      ⟦https://münchen.example/ä⟧ ⟦https://例え.テスト/⟧ ⟦https://i❤.ws/⟧
      ⟦http://localhost:4000/rooms/1⟧. ⟦http://192.168.0.1:80⟧ ⟦http://[::1]:8080/a⟧
      ⟦HTTPS://EXAMPLE.COM⟧ ⟦Www.Example.com/a_(b)⟧.
      ⟦https://example.com/@ada@example.social⟧
      ⟦https://example.com⟧\\@evil.example/
      https://google.com@evil.example/ https://ada:secret@host.example/
      javascript:alert(1) data:text/html,x http:// ftp://a.example xhttps://example.com
      http://example.com:99999/ www.example www.1.2 wwww.example.com a.www.example.com
      ⟦ada@example.org⟧ (⟦ada+x@mail.example.org⟧), mailto:⟦ada@example.org⟧.
      看⟦ada@example.org⟧，联系⟦ada@example.org⟧然后
      <⟦ada@example.org⟧> '⟦ada@example.org⟧' ⟦o'neil@example.org⟧ ⟦ada@müller.example⟧
      ⟦www.ada@example.com⟧ ada@localhost ada@1.2.3.4 @ada@example.social éa@example.org
      git@github.com:a/b.git ftp://ada@ftp.example.org/ .@example.org a..b@example.org
      before\u202e⟦https://example.com/abc⟧
      ⟦https://example.com/⟧\u202egpj.exe ⟦https://exam⟧\u202eple.com/
      ⟦https://example.com/a⟧\u2066b\u2069 ⟦https://example.com/a⟧\u200eb ⟦https://example.com/a⟧\u200bb
      ⟦https://example.com/می\u200cخواهم⟧
      """;

  private final OpenChat chat;

  ChatPageLinksTest(Browser browser) {
    chat = new OpenChat(browser);
  }

  @AfterEach
  void closeBrowser() {
    chat.close();
    assertThat(chat.complaints).isEmpty();
  }

  @Test
  void an_address_ends_where_the_words_and_marks_around_it_begin() {
    chat.open();
    List<String> wanted = TEXTS.lines().toList();
    List<String> texts = wanted.stream().map(text -> text.replaceAll("[⟦⟧]", "")).toList();

    Object marked =
        chat.page.evaluate(
            """
            async (texts) => {
              const main = document.querySelector("script[src*='chat/main.js']").src;
              const { linked } = await import(main.replace("main.js", "links.js"));
              const show = (node) => (typeof node === "string" ? node : `⟦${node.textContent}⟧`);
              return texts.map((text) => linked(text).map(show).join(""));
            }
            """,
            texts);

    assertThat(marked).isEqualTo(wanted);
  }

  @Test
  void what_people_write_stays_text_and_only_addresses_become_links() {
    chat.open();
    chat.bobSays("<img src=x onerror=\"document.title='bad'\"><script>bad()</script>");
    chat.bobSays("javascript:alert(1) data:text/html,x http:// ftp://a.example");
    chat.bobSays("see https://example.org/a_(b)?c=d&e, or (http://example.org/x).");
    chat.bobSays("www.example.org/<b> or a%b+c@müller.example?subject=x");

    assertThat(chat.messages()).hasCount(4);
    assertThat(chat.page.locator("li.message img, li.message script, li.message b")).hasCount(0);
    Locator links = chat.page.locator("li.message a");
    assertThat(links).hasCount(4);
    assertThat(links.nth(0)).hasAttribute("href", "https://example.org/a_(b)?c=d&e");
    assertThat(links.nth(1)).hasAttribute("href", "http://example.org/x");
    assertThat(links.nth(2)).hasAttribute("href", "http://www.example.org/");
    assertThat(links.nth(3)).hasAttribute("href", "mailto:a%25b+c@xn--mller-kva.example");
    assertThat(links.nth(0)).hasAttribute("target", "_blank");
    assertThat(links.nth(0)).hasAttribute("rel", Pattern.compile("noopener"));
    assertThat(chat.page).hasTitle("Kitchen · LetsChat");
  }

  /** A right-to-left override turned the text of the link round: it ended in "gpj.exe". */
  @Test
  void nothing_around_a_link_turns_its_text_round() {
    chat.open();
    chat.bobSays("\u202ehttps://example.org/abc");

    Object places =
        chat.page
            .locator("li.message a")
            .evaluate(
                """
                (link) => [0, link.textContent.length - 1].map((at) => {
                  const range = document.createRange();
                  range.setStart(link.firstChild, at);
                  range.setEnd(link.firstChild, at + 1);
                  return range.getBoundingClientRect().x;
                })
                """);

    assertThat(places)
        .asInstanceOf(list(Number.class))
        .isSortedAccordingTo(Comparator.comparingDouble(Number::doubleValue));
  }
}
