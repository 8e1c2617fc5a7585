package io.letschat.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.letschat.application.delivery.RoomEvent;
import io.letschat.application.sentence.Sentences;
import io.letschat.domain.account.UserId;
import io.letschat.domain.account.Username;
import io.letschat.domain.media.Attachment;
import io.letschat.domain.media.Dimensions;
import io.letschat.domain.media.FileKind;
import io.letschat.domain.media.FileName;
import io.letschat.domain.media.UploadId;
import io.letschat.domain.message.ClientMessageId;
import io.letschat.domain.message.Message;
import io.letschat.domain.message.MessageContent;
import io.letschat.domain.message.MessageId;
import io.letschat.domain.message.MessageType;
import io.letschat.domain.message.Seq;
import io.letschat.domain.room.RoomId;
import io.letschat.messaging.codec.Dialect;
import io.letschat.web.http.ApiJson;
import io.letschat.web.message.MessageBody;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A message is the same whichever way it comes. */
class MessageFormsTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @ParameterizedTest
  @MethodSource("messages")
  void the_http_api_and_the_socket_say_the_same_of_a_message(Message message) throws IOException {
    JsonNode http = JSON.readTree(ApiJson.bytes(MessageBody.of(message)));

    assertThat(JSON.readTree(JSON.writeValueAsBytes(said(Dialect.STANDARD, message))))
        .isEqualTo(http);
  }

  @ParameterizedTest
  @MethodSource("messages")
  void the_legacy_dialect_says_a_part_of_it_in_the_same_words(Message message) throws IOException {
    JsonNode http = JSON.readTree(ApiJson.bytes(MessageBody.of(message)));
    JsonNode legacy = JSON.readTree(JSON.writeValueAsBytes(said(Dialect.LEGACY, message)));

    assertThat(legacy.properties()).isNotEmpty().isSubsetOf(http.properties());
  }

  private static Object said(Dialect dialect, Message message) {
    return dialect
        .told(new RoomEvent.MessageSent(message), Sentences.english())
        .getFirst()
        .arguments()
        .getFirst();
  }

  static List<Message> messages() {
    var name = FileName.of("cat", FileKind.PNG);
    return Stream.of(
            Optional.<Attachment>empty(),
            Optional.of(
                new Attachment(
                    new UploadId(3),
                    name,
                    FileKind.PNG,
                    4711,
                    Optional.of(new Dimensions(1600, 1200)),
                    Optional.of("/uploads/small"))),
            Optional.of(
                new Attachment(
                    new UploadId(3), name, FileKind.PNG, 4711, Optional.empty(), Optional.empty())))
        .flatMap(file ->
            Stream.of(message(file, Optional.empty()), message(file, Optional.of("from-me"))))
        .toList();
  }

  private static Message message(Optional<Attachment> file, Optional<String> clientId) {
    return new Message(
        new MessageId(9),
        new RoomId(7),
        new Seq(8),
        new UserId(5),
        Username.of("ada"),
        MessageContent.of("hello \u2028 <b>"),
        MessageType.TEXT,
        clientId.map(ClientMessageId::new),
        file,
        Instant.parse("2026-11-28T11:00:00Z"));
  }
}
