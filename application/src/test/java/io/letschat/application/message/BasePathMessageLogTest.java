package io.letschat.application.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.letschat.application.Addresses;
import io.letschat.application.delivery.MessageLog;
import io.letschat.domain.media.Attachment;
import io.letschat.domain.media.FileKind;
import io.letschat.domain.media.FileName;
import io.letschat.domain.media.UploadId;
import io.letschat.domain.message.ClientMessageId;
import io.letschat.domain.message.Message;
import io.letschat.domain.message.MessageContent;
import io.letschat.domain.message.MessageType;
import io.letschat.domain.message.NewMessage;
import io.letschat.domain.message.Seq;
import io.letschat.domain.room.Member;
import io.letschat.domain.room.Room;
import io.letschat.testkit.Chat;
import io.letschat.testkit.Someone;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BasePathMessageLogTest {
  private static final String KEY = "0123456789abcdef0123456789abcdef";
  private static final Optional<ClientMessageId> ID = Optional.of(ClientMessageId.of("m-1"));

  private final Chat chat = new Chat();
  private final Someone ada = chat.someone("ada");
  private final Room tea = ada.enters("tea", "secret");
  private final Member member = chat.rooms.of(ada.user(), tea.id()).orElseThrow();

  @BeforeEach
  void picturesOfBefore() {
    append(chat.memoryLog, MessageType.IMAGE, "/uploads/" + KEY + ".png");
    append(chat.memoryLog, MessageType.IMAGE, "https://images.example/cat.png");
    append(chat.memoryLog, MessageType.TEXT, "/uploads/ is where it was");
  }

  @Test
  void what_was_shared_before_is_found_below_every_base_path_that_comes() {
    assertThat(contents(chat.memoryLog))
        .containsExactly(
            "/uploads/" + KEY + ".png",
            "https://images.example/cat.png",
            "/uploads/ is where it was");
    for (String base : List.of("/chat", "/team/talk")) {
      MessageLog log = below(base);
      assertThat(contents(log))
          .containsExactly(
              base + "/uploads/" + KEY + ".png",
              "https://images.example/cat.png",
              "/uploads/ is where it was");
      assertThat(log.before(tea.id(), new Seq(2), 10).getFirst().attachment().orElseThrow())
          .extracting(file -> file.thumbnailUrl().orElseThrow())
          .isEqualTo(base + "/uploads/small.png");
    }
  }

  @Test
  void what_is_shared_now_is_stored_without_the_base_path_and_told_with_it() {
    MessageLog log = below("/chat");

    Message told = append(log, MessageType.IMAGE, "/uploads/cat.png");
    Message again = append(log, MessageType.IMAGE, "/uploads/cat.png");

    assertThat(told.content().text()).isEqualTo("/chat/uploads/cat.png");
    assertThat(again).isEqualTo(told);
    assertThat(contents(chat.memoryLog)).endsWith("/uploads/cat.png").hasSize(4);
  }

  private MessageLog below(String basePath) {
    return BasePathMessageLog.over(chat.memoryLog, new Addresses(basePath, Optional.empty()));
  }

  private List<String> contents(MessageLog log) {
    return log.after(tea.id(), Seq.NONE, 10).stream()
        .map(message -> message.content().text())
        .toList();
  }

  private Message append(MessageLog log, MessageType type, String content) {
    Optional<Attachment> file =
        Optional.of(
            new Attachment(
                new UploadId(1),
                FileName.of("cat.png", FileKind.PNG),
                FileKind.PNG,
                7,
                Optional.empty(),
                Optional.of("/uploads/small.png")));
    var message =
        new NewMessage(
            member,
            ada.who().session().id(),
            MessageContent.of(content),
            type,
            content.endsWith("/cat.png") && content.startsWith("/") ? ID : Optional.empty(),
            type == MessageType.TEXT ? Optional.empty() : file,
            chat.clock.instant());
    return switch (log.append(message)) {
      case MessageLog.Appended(var appended) -> appended;
      case MessageLog.AppendedBefore(var known) -> known;
      case MessageLog.Appending nothing -> throw new AssertionError(nothing);
    };
  }
}
