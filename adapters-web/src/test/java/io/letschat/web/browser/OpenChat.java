package io.letschat.web.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import io.letschat.application.account.session.AuthenticatedUser;
import io.letschat.domain.room.Room;
import io.letschat.testkit.Someone;
import io.letschat.web.RunningSite;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** Ada looks at the chat page of a room in which Bob is, too. */
final class OpenChat implements AutoCloseable {
  final RunningSite site = new RunningSite();
  final Someone bob = site.chat.someone("bob");
  final Room room = bob.enters("Kitchen", "salt");
  final List<String> complaints = new ArrayList<>();

  /** The addresses that the page has asked for. */
  final List<String> asked = new ArrayList<>();

  final AuthenticatedUser ada;
  final Page page;
  final PageSocket socket;
  private final BrowserContext context;

  OpenChat(Browser browser) {
    this(browser, new Browser.NewContextOptions());
  }

  /** On a telephone: its first pointer is a finger. */
  static OpenChat byTouch(Browser browser) {
    return new OpenChat(
        browser, new Browser.NewContextOptions().setHasTouch(true).setIsMobile(true));
  }

  private OpenChat(Browser browser, Browser.NewContextOptions options) {
    String token = site.signedUp("ada");
    site.json("/join", "{\"room\":\"Kitchen\",\"password\":\"salt\"}", RunningSite.by(token));
    context =
        browser.newContext(
            options
                .setViewportSize(390, 700)
                .setExtraHTTPHeaders(
                    Map.of(
                        "X-LetsChat-Front",
                        RunningSite.SECRET,
                        "Authorization",
                        "Bearer " + token)));
    page = context.newPage();
    page.setDefaultTimeout(30_000);
    page.onPageError(complaints::add);
    page.onConsoleMessage(message -> {
      if (message.type().equals("error")) {
        complaints.add(message.text());
      }
    });
    page.onRequest(request -> asked.add(request.url()));
    ada = site.chat.authenticate.authenticate(token).orElseThrow();
    socket = new PageSocket(site.chat, ada, room, page);
  }

  /** Bob says {@code message 1} and so on, up to this number. */
  OpenChat after(int messages) {
    for (int i = 1; i <= messages; i++) {
      bob.says(room, "message " + i);
    }
    return this;
  }

  OpenChat open() {
    page.navigate("http://127.0.0.1:" + site.address().getPort() + "/rooms/" + room.id());
    page.waitForCondition(() -> !socket.joins.isEmpty());
    return this;
  }

  void bobSays(String text) {
    bob.says(room, text);
    socket.deliver();
  }

  /** Pastes what stands for this text in the browser's clipboard, by the keyboard. */
  void paste(String text) {
    context.grantPermissions(List.of("clipboard-read", "clipboard-write"));
    page.evaluate("text => navigator.clipboard.writeText(text)", text);
    field().press("ControlOrMeta+V");
  }

  /** Puts what one program copied into the browser's clipboard: texts by their types, and a PNG. */
  void copy(Map<String, String> texts, byte[] png) {
    context.grantPermissions(List.of("clipboard-read", "clipboard-write"));
    page.evaluate(
        """
        ([texts, base64]) => {
          const bytes = Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
          const parts = { "image/png": new Blob([bytes], { type: "image/png" }) };
          for (const [type, text] of Object.entries(texts)) parts[type] = new Blob([text], { type });
          return navigator.clipboard.write([new ClipboardItem(parts)]);
        }
        """,
        List.of(texts, Base64.getEncoder().encodeToString(png)));
  }

  /**
   * A file and its text, pasted into the field or dropped on the conversation by another program.
   */
  void giveFile(String event, String name, String text, byte[] png) {
    page.evaluate(
        """
        ([type, name, text, base64]) => {
          const bytes = Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
          const data = new DataTransfer();
          data.items.add(new File([bytes], name, { type: "image/png" }));
          if (text !== "") data.setData("text/plain", text);
          const how = { bubbles: true, cancelable: true };
          const [target, event] =
            type === "paste"
              ? ["content", new ClipboardEvent(type, { ...how, clipboardData: data })]
              : ["scroller", new DragEvent(type, { ...how, dataTransfer: data })];
          document.getElementById(target).dispatchEvent(event);
        }
        """,
        List.of(event, name, text, Base64.getEncoder().encodeToString(png)));
  }

  void write(String text) {
    field().fill(text);
    field().press("Enter");
  }

  Locator field() {
    return page.locator("#content");
  }

  Locator messages() {
    return page.locator("li.message");
  }

  /** The shown texts, oldest first. */
  List<String> texts() {
    return page.locator("li.message .text").allTextContents();
  }

  /** The numbers of the shown messages; unsent ones have none. */
  List<Integer> numbers() {
    return page.locator("li.message[data-seq]").all().stream()
        .map(item -> Integer.valueOf(item.getAttribute("data-seq")))
        .toList();
  }

  /** What the log holds, oldest first. */
  List<String> kept() {
    return bob.reads(room).stream().map(message -> message.content().text()).toList();
  }

  /** Scrolls as a reader does: the page knows of it when this returns. */
  void scrollTo(String position) {
    page.evaluate(
        """
        (position) => new Promise((done) => {
          const scroller = document.getElementById("scroller");
          scroller.addEventListener("scroll", () => done(), { once: true });
          scroller.scrollTop = position === "top" ? 0 : scroller.scrollHeight / 2;
        })
        """,
        position);
  }

  Locator unsent() {
    return page.locator("li.sending");
  }

  @Override
  public void close() {
    context.close();
    site.close();
  }
}
