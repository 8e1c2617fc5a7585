package io.letschat.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.letschat.application.delivery.MessageLog;
import io.letschat.application.media.Uploads;
import io.letschat.application.media.Uploads.NewUpload;
import io.letschat.application.media.Uploads.Stored;
import io.letschat.domain.media.Attachment;
import io.letschat.domain.media.Dimensions;
import io.letschat.domain.media.FileKey;
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
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What every {@link Uploads} keeps, together with the log of the messages about them. */
public abstract class UploadsContract {
  private static final SecureRandom RANDOM = new SecureRandom();

  protected abstract Stores stores();

  @Test
  void what_was_begun_is_found_by_its_key_until_it_is_forgotten() {
    Stores stores = stores();
    NewUpload upload = upload(stores.roomAndOwner());

    UploadId id = stores.uploads().begin(upload);

    assertThat(stores.uploads().find(upload.key()))
        .contains(new Stored(id, upload.room(), upload.key(), upload.name(), upload.kind()));
    stores.uploads().forget(id);
    stores.uploads().forget(id);
    assertThat(stores.uploads().find(upload.key())).isEmpty();
    assertThat(stores.uploads().find(FileKey.random(RANDOM))).isEmpty();
  }

  @Test
  void an_upload_that_a_message_is_about_stays() {
    Stores stores = stores();
    Member member = stores.roomAndOwner();
    NewUpload upload = upload(member);
    UploadId id = stores.uploads().begin(upload);
    share(stores, member, upload, id, Optional.empty());

    stores.uploads().forget(id);

    assertThat(stores.uploads().find(upload.key())).isPresent();
    assertThat(stores.uploads().abandoned(Stores.NOON.plus(Duration.ofDays(1)), 1000))
        .extracting(Stored::id)
        .doesNotContain(id);
  }

  @Test
  void only_old_uploads_without_a_message_are_abandoned() {
    Stores stores = stores();
    Member member = stores.roomAndOwner();
    UploadId id = stores.uploads().begin(upload(member));

    assertThat(stores.uploads().abandoned(Stores.NOON, 1000))
        .extracting(Stored::id)
        .doesNotContain(id);
    assertThat(stores.uploads().abandoned(Stores.NOON.plusMillis(1), 1000))
        .extracting(Stored::id)
        .contains(id);
    stores.uploads().begin(upload(member));
    assertThat(stores.uploads().abandoned(Stores.NOON.plusMillis(1), 1)).hasSize(1);
  }

  @Test
  void a_message_carries_its_file_whenever_it_is_read() {
    Stores stores = stores();
    Member member = stores.roomAndOwner();
    NewUpload upload = upload(member);
    UploadId id = stores.uploads().begin(upload);
    var clientId = Optional.of(ClientMessageId.of("picture"));

    Message shared = share(stores, member, upload, id, clientId);

    var expected =
        new Attachment(
            id,
            upload.name(),
            FileKind.PNG,
            1234,
            Optional.of(new Dimensions(640, 480)),
            Optional.of(url(upload) + "?small"));
    assertThat(shared.attachment()).contains(expected);
    assertThat(stores.log().after(member.room().id(), Seq.NONE, 1)).containsExactly(shared);
    assertThat(
            stores
                .log()
                .append(
                    new NewMessage(
                        member,
                        Stores.sessionOf(member),
                        MessageContent.of("again"),
                        MessageType.TEXT,
                        clientId,
                        Stores.NOON)))
        .isEqualTo(new MessageLog.AppendedBefore(shared));
  }

  @Test
  void the_message_about_an_upload_is_found_by_its_url_its_sender_and_its_room() {
    Stores stores = stores();
    Member member = stores.roomAndOwner();
    Member other = stores.join(member.room());
    NewUpload upload = upload(member);
    UploadId id = stores.uploads().begin(upload);
    assertThat(stores.log().sharing(upload.room(), member.user(), url(upload))).isEmpty();
    Message shared = share(stores, member, upload, id, Optional.empty());

    assertThat(stores.log().sharing(upload.room(), member.user(), url(upload))).contains(shared);
    assertThat(stores.log().sharing(upload.room(), other.user(), url(upload))).isEmpty();
    assertThat(stores.log().sharing(upload.room(), member.user(), "/uploads/other")).isEmpty();
    Member elsewhere = stores.roomAndOwner();
    assertThat(stores.log().sharing(elsewhere.room().id(), member.user(), url(upload))).isEmpty();
  }

  private static NewUpload upload(Member member) {
    return new NewUpload(
        member.room().id(),
        member.user(),
        FileKey.random(RANDOM),
        FileName.of("näme 🙂.png", FileKind.PNG),
        FileKind.PNG,
        1234,
        Optional.of(new Dimensions(640, 480)),
        Stores.NOON);
  }

  private static String url(NewUpload upload) {
    return "/uploads/" + upload.key().value();
  }

  private static Message share(
      Stores stores,
      Member member,
      NewUpload upload,
      UploadId id,
      Optional<ClientMessageId> clientId) {
    Optional<String> small = Optional.of(url(upload) + "?small");
    stores.uploads().placed(id, url(upload), small);
    var attachment =
        new Attachment(id, upload.name(), upload.kind(), upload.bytes(), upload.size(), small);
    var message =
        new NewMessage(
            member,
            Stores.sessionOf(member),
            MessageContent.of(url(upload)),
            MessageType.IMAGE,
            clientId,
            Optional.of(attachment),
            Stores.NOON);
    return ((MessageLog.Appended) stores.log().append(message)).message();
  }
}
