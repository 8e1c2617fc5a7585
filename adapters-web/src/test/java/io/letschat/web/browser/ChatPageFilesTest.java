package io.letschat.web.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.FilePayload;
import io.letschat.domain.media.Dimensions;
import io.letschat.testkit.InMemoryFileStore.Trouble;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pictures and files in the chat page: picked, pasted, refused, looked at. */
@ExtendWith(PageBrowser.class)
class ChatPageFilesTest {
  private static final byte[] PDF = "%PDF-1.7\n%%EOF\n".getBytes(StandardCharsets.US_ASCII);

  private final Browser browser;

  ChatPageFilesTest(Browser browser) {
    this.browser = browser;
  }

  @Test
  void a_picked_picture_is_shown_then_sent_with_the_words_and_looked_at() {
    try (var chat = new OpenChat(browser).open()) {
      chat.site.chat.images.find(new Dimensions(800, 600));
      pick(chat, new FilePayload("cat.png", "image/png", picture(800, 600)));
      assertThat(cards(chat).locator("img")).isVisible();
      assertThat(chat.page.locator(".send")).isEnabled();
      assertThat(chat.kept()).isEmpty();

      chat.write("look at this");

      Locator shown = chat.page.locator("li.message.mine .picture img");
      assertThat(shown).hasAttribute("alt", "cat.png, shared by ada");
      assertThat(cards(chat)).hasCount(0);

      Locator box = chat.page.locator("#lightbox");
      chat.page.locator(".picture").click();
      assertThat(box).isVisible();
      assertThat(box.locator("img")).hasAttribute("src", Pattern.compile(".*/uploads/.*png"));
      chat.page.keyboard().press("Escape");
      assertThat(box).isHidden();
      assertThat(chat.page.locator(".picture")).isFocused();
      assertThat(chat.complaints).as("%s", chat.asked).isEmpty();
    }
  }

  @Test
  void a_picture_has_its_place_before_it_is_there() {
    try (var chat = new OpenChat(browser)) {
      // The pictures never come.
      chat.page.route("**/uploads/**", route -> {});
      chat.open();
      chat.site.chat.images.find(new Dimensions(400, 1600));
      pick(chat, new FilePayload("tower.png", "image/png", picture(400, 1600)));
      chat.page.locator(".send").click();

      var place = chat.page.locator(".picture").boundingBox();

      assertThat(place.width).isEqualTo(80);
      assertThat(place.height).isEqualTo(320);
    }
  }

  @Test
  void a_pasted_picture_waits_and_can_be_taken_back() {
    try (var chat = new OpenChat(browser).open()) {
      chat.giveFile("paste", "image.png", "", picture(20, 20));
      assertThat(cards(chat)).hasCount(1);

      chat.page.getByLabel("Do not send image.png").click();

      assertThat(cards(chat)).hasCount(0);
      assertThat(chat.page.locator(".send")).isDisabled();
      assertThat(chat.kept()).isEmpty();
    }
  }

  /** Spreadsheets and word processors bring a picture of what was copied along. */
  @Test
  void cells_of_a_spreadsheet_are_pasted_as_text() {
    try (var chat = new OpenChat(browser).open()) {
      chat.copy(
          Map.of("text/plain", "1\t2\n3\t4", "text/html", "<table><tr><td>1<td>2<tr><td>3<td>4"),
          picture(20, 20));

      chat.field().press("ControlOrMeta+V");

      assertThat(chat.field()).hasValue("1\t2\n3\t4");
      assertThat(cards(chat)).hasCount(0);
    }
  }

  @Test
  void a_picture_copied_from_a_page_is_pasted_as_a_picture_whatever_describes_it() {
    try (var chat = new OpenChat(browser).open()) {
      chat.copy(
          Map.of(
              "text/plain", "https://example.org/cat.png",
              "text/html", "<style>p { }</style><img src=\"https://example.org/cat.png\" alt=cat>"),
          picture(20, 20));

      chat.field().press("ControlOrMeta+V");

      assertThat(cards(chat)).hasCount(1);
      assertThat(chat.field()).hasValue("");
    }
  }

  /** File managers give the names or the paths of copied files as text. */
  @ParameterizedTest
  @ValueSource(strings = {"my cat.png", "/home/ada/my cat.png", "file:///home/ada/my%20cat.png"})
  void a_file_that_brings_its_name_is_pasted_as_a_file(String text) {
    try (var chat = new OpenChat(browser).open()) {
      chat.giveFile("paste", "my cat.png", text, picture(20, 20));

      assertThat(cards(chat)).hasCount(1);
      assertThat(chat.field()).hasValue("");
    }
  }

  @Test
  void cells_that_are_dropped_beside_the_field_become_text_in_it() {
    try (var chat = new OpenChat(browser).open()) {
      chat.giveFile("drop", "image.png", "1\t2", picture(20, 20));

      assertThat(chat.field()).hasValue("1\t2");
      assertThat(cards(chat)).hasCount(0);
    }
  }

  @Test
  void of_more_than_ten_files_the_page_says_which_were_left_out() {
    try (var chat = new OpenChat(browser).open()) {
      pick(
          chat,
          IntStream.rangeClosed(1, 12)
              .mapToObj(ChatPageFilesTest::pdf)
              .toArray(FilePayload[]::new));

      Locator note = chat.page.locator("#left-out");
      assertThat(cards(chat)).hasCount(10);
      assertThat(note).containsText("10 files at a time at most. Left out: 11.pdf, 12.pdf");

      chat.page.getByLabel("Do not send 10.pdf").click();
      pick(chat, pdf(11));
      assertThat(note).isHidden();
      assertThat(cards(chat)).hasCount(10);
      pick(chat, pdf(12));
      assertThat(note).containsText("Left out: 12.pdf");
    }
  }

  @Test
  void what_cannot_be_shared_says_why_and_does_not_stop_the_rest() {
    try (var chat = new OpenChat(browser).open()) {
      pick(
          chat,
          new FilePayload("notes.txt", "text/plain", PDF),
          new FilePayload("large.png", "image/png", new byte[10 * 1024 * 1024 + 1]),
          // The server looks at the bytes, whatever the browser says.
          new FilePayload("liar.png", "image/png", "<html>".getBytes(StandardCharsets.US_ASCII)),
          new FilePayload("report.pdf", "application/pdf", PDF));
      assertThat(cards(chat).nth(0)).containsText("Only JPEG, PNG, GIF and WebP images and PDF");
      assertThat(cards(chat).nth(1)).containsText("larger than 10 MB");

      chat.page.locator(".send").click();

      Locator link = chat.page.locator("li.message.mine a.file");
      assertThat(link).containsText("report.pdf");
      assertThat(link).hasAttribute("download", "report.pdf");
      assertThat(cards(chat)).hasCount(3);
      assertThat(cards(chat).nth(2)).containsText("Only JPEG, PNG, GIF and WebP images and PDF");
    }
  }

  @Test
  void what_failed_can_be_tried_again() {
    try (var chat = new OpenChat(browser).open()) {
      chat.site.chat.files.suffer(Trouble.REFUSES);
      pick(chat, new FilePayload("report.pdf", "application/pdf", PDF));
      chat.page.locator(".send").click();
      assertThat(cards(chat)).containsText("could not be stored at the moment");

      chat.site.chat.files.suffer(Trouble.NONE);
      cards(chat).locator(".what button").click();

      assertThat(chat.page.locator("li.message.mine a.file")).hasCount(1);
      assertThat(cards(chat)).hasCount(0);
      assertThat(chat.kept()).hasSize(1);
    }
  }

  private static void pick(OpenChat chat, FilePayload... files) {
    chat.page.locator("#file").setInputFiles(files);
  }

  private static FilePayload pdf(int number) {
    return new FilePayload(number + ".pdf", "application/pdf", PDF);
  }

  private static Locator cards(OpenChat chat) {
    return chat.page.locator("#attachments li");
  }

  private static byte[] picture(int width, int height) {
    var picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    var pen = picture.createGraphics();
    pen.setColor(Color.ORANGE);
    pen.fillOval(0, 0, width, height);
    pen.dispose();
    var out = new ByteArrayOutputStream();
    try {
      ImageIO.write(picture, "png", out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }
}
