package io.letschat.application.media;

import static org.assertj.core.api.Assertions.assertThat;

import io.letschat.application.message.SendMessage;
import io.letschat.domain.limit.Limit;
import io.letschat.domain.media.FileKind;
import io.letschat.domain.media.ObjectName;
import io.letschat.domain.message.ClientMessageId;
import io.letschat.domain.message.Message;
import io.letschat.domain.message.MessageContent;
import io.letschat.domain.message.MessageType;
import io.letschat.domain.room.Room;
import io.letschat.testkit.Chat;
import io.letschat.testkit.InMemoryFileStore.Trouble;
import io.letschat.testkit.Someone;
import io.letschat.testkit.TestConnection;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShareFileTest {
  private static final String GIF = "GIF89a and so on";
  private static final String PDF = "%PDF-1.7\n1 0 obj … startxref\n0\n%%EOF\n";

  @TempDir private Path folder;
  private final Chat chat = new Chat();
  private final Someone ada = chat.someone("ada");
  private final Someone bob = chat.someone("bob");
  private final Room tea = ada.enters("tea", "secret");

  @AfterEach
  void no_temporary_file_is_left() throws IOException {
    try (var files = Files.walk(folder)) {
      assertThat(files.filter(Files::isRegularFile)).isEmpty();
    }
  }

  @Test
  void an_image_reaches_the_room_and_its_members_can_open_it() throws IOException {
    bob.enters("tea", "secret");
    TestConnection bobs = bob.opens(tea);

    Message shared = shared(ada, GIF, "cat.gif");

    assertThat(bobs.messages()).containsExactly(shared);
    assertThat(shared.type()).isEqualTo(MessageType.IMAGE);
    assertThat(shared.attachment().orElseThrow().name().text()).isEqualTo("cat.gif");
    var opened = chat.openFile.open(bob.who(), nameIn(shared)).orElseThrow();
    assertThat(opened.content().in().readAllBytes()).asString().isEqualTo(GIF);
  }

  @Test
  void a_pdf_is_a_file() {
    Message shared = shared(ada, PDF, "report.pdf");

    assertThat(shared.type()).isEqualTo(MessageType.FILE);
    assertThat(shared.content().text()).endsWith(".pdf");
  }

  @Test
  void what_a_file_is_its_bytes_say_and_not_its_name() {
    assertThat(tries(ada, "<html><script>alert(1)</script>", "cat.png", ""))
        .isEqualTo(new ShareFile.NotShareable());
    assertThat(tries(ada, "<svg xmlns='http://www.w3.org/2000/svg'/>", "cat.jpg", ""))
        .isEqualTo(new ShareFile.NotShareable());
    assertThat(tries(ada, " %PDF-1.7 %%EOF", "late.pdf", ""))
        .isEqualTo(new ShareFile.NotShareable());
    assertThat(tries(ada, "", "empty.gif", "")).isEqualTo(new ShareFile.NotShareable());
    assertThat(shared(ada, GIF, "../../cat.html").attachment().orElseThrow().kind())
        .isEqualTo(FileKind.GIF);
    nothingIsKeptBut(1);
  }

  @Test
  void half_a_pdf_is_refused() {
    assertThat(tries(ada, PDF.substring(0, 20), "half.pdf", ""))
        .isInstanceOf(ShareFile.Unusable.class);
    nothingIsKeptBut(0);
  }

  @Test
  void a_file_may_have_ten_megabytes_and_not_one_byte_more() {
    assertThat(tries(ada, GIF, "large.gif", "", ShareFile.MOST_BYTES + 1))
        .isEqualTo(new ShareFile.TooLarge());
    assertThat(tries(ada, GIF, "large.gif", "", ShareFile.MOST_BYTES))
        .isInstanceOf(ShareFile.Shared.class);
  }

  @Test
  void a_stranger_shares_nothing_and_opens_nothing() {
    Message shared = shared(ada, GIF, "cat.gif");

    assertThat(tries(bob, GIF, "cat.gif", "")).isEqualTo(new ShareFile.NoSuchRoom());
    assertThat(chat.openFile.open(bob.who(), nameIn(shared))).isEmpty();
    nothingIsKeptBut(1);
  }

  @Test
  void what_a_session_shares_that_has_ended_is_not_kept() {
    chat.sessions.end(ada.who().session().id());

    assertThat(tries(ada, GIF, "cat.gif", "")).isEqualTo(new ShareFile.SessionEnded());
    nothingIsKeptBut(0);
  }

  @Test
  void who_shares_too_often_is_told_how_long_to_wait() {
    for (int i = 0; i < Limit.UPLOAD.defaultRate().times(); i++) {
      shared(ada, GIF, "cat.gif");
    }

    assertThat(tries(ada, GIF, "cat.gif", ""))
        .isEqualTo(new ShareFile.TooOften(Duration.ofMinutes(15)));
  }

  @Test
  void sharing_again_with_the_same_id_gives_the_first_message_and_keeps_one_file() {
    TestConnection adas = ada.opens(tea);

    var first = (ShareFile.Shared) tries(ada, GIF, "cat.gif", "m-1");
    var again = (ShareFile.Shared) tries(ada, GIF, "cat.gif", "m-1");

    assertThat(again).isEqualTo(first);
    assertThat(adas.messages()).containsExactly(first.message());
    nothingIsKeptBut(1);
  }

  @Test
  void when_the_store_refuses_nothing_is_left() {
    chat.files.suffer(Trouble.REFUSES);

    assertThat(tries(ada, GIF, "cat.gif", "")).isEqualTo(new ShareFile.StoreUnavailable());
    nothingIsKeptBut(0);
  }

  @Test
  void when_nobody_knows_what_was_stored_it_is_removed() {
    chat.files.suffer(Trouble.LOSES_ANSWERS);

    assertThat(tries(ada, GIF, "cat.gif", "")).isEqualTo(new ShareFile.StoreUnavailable());
    nothingIsKeptBut(0);
  }

  @Test
  void what_cannot_be_removed_at_once_is_removed_later() {
    chat.files.suffer(Trouble.UNREACHABLE);
    assertThat(tries(ada, GIF, "cat.gif", "")).isEqualTo(new ShareFile.StoreUnavailable());
    assertThat(chat.files.names()).hasSize(1);
    chat.files.suffer(Trouble.NONE);
    Message kept = shared(ada, GIF, "another.gif");
    var clearing =
        new OrphanedUploadCleanup(chat.uploads, chat.files, new TempFolders(folder), chat.clock);

    clearing.clear();
    assertThat(chat.files.names()).hasSize(2);
    chat.pass(OrphanedUploadCleanup.AGE.plusMillis(1));
    clearing.clear();

    assertThat(chat.files.names()).containsExactly(nameIn(kept));
    nothingIsKeptBut(1);
  }

  @Test
  void when_the_answer_of_the_log_is_lost_the_file_stays_and_a_retry_finds_the_message() {
    chat.memoryLog.loseAnswers(true);
    assertThat(tries(ada, GIF, "cat.gif", "m-1")).isEqualTo(new ShareFile.Retry());
    chat.memoryLog.loseAnswers(false);

    var retried = (ShareFile.Shared) tries(ada, GIF, "cat.gif", "m-1");

    assertThat(chat.files.names()).containsExactly(nameIn(retried.message()));
    nothingIsKeptBut(1);
  }

  @Test
  void a_socket_may_name_ones_own_upload_and_gets_the_message_that_is_there() {
    bob.enters("tea", "secret");
    Message shared = shared(ada, GIF, "cat.gif");
    Room coffee = ada.enters("coffee", "secret");

    assertThat(names(ada, tea, shared, MessageType.IMAGE)).isEqualTo(new SendMessage.Sent(shared));
    assertThat(names(bob, tea, shared, MessageType.IMAGE)).isEqualTo(new SendMessage.NotUploaded());
    assertThat(names(ada, coffee, shared, MessageType.IMAGE))
        .isEqualTo(new SendMessage.NotUploaded());
    assertThat(names(ada, tea, shared, MessageType.FILE)).isEqualTo(new SendMessage.NotUploaded());
  }

  private SendMessage.Result names(Someone who, Room room, Message shared, MessageType type) {
    return chat.sendMessage.send(
        new SendMessage.Command(
            who.who(),
            room.id(),
            MessageContent.of(shared.content().text()),
            type,
            Optional.empty()));
  }

  private void nothingIsKeptBut(int files) {
    assertThat(chat.files.names()).hasSize(files);
    assertThat(chat.uploads.count()).isEqualTo(files);
  }

  private static ObjectName nameIn(Message shared) {
    return ObjectName.read(shared.content().text().replace("/uploads/", "")).orElseThrow();
  }

  private Message shared(Someone who, String content, String name) {
    return ((ShareFile.Shared) tries(who, content, name, "")).message();
  }

  private ShareFile.Result tries(Someone who, String content, String name, String clientId) {
    return tries(who, content, name, clientId, content.length());
  }

  private ShareFile.Result tries(
      Someone who, String content, String name, String clientId, long length) {
    try (TempFolder tempFolder = new TempFolders(folder).open()) {
      Path file = tempFolder.newFile();
      Files.writeString(file, content, StandardCharsets.UTF_8);
      try (var open = new RandomAccessFile(file.toFile(), "rw")) {
        open.setLength(Math.max(length, open.length()));
      }
      return chat.shareFile.share(
          new ShareFile.Command(
              who.who(),
              tea.id(),
              name,
              file,
              tempFolder,
              Optional.of(clientId).filter(id -> !id.isEmpty()).map(ClientMessageId::of)));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
