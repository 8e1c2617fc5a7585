package io.letschat.application.media;

import io.letschat.application.account.session.AuthenticatedUser;
import io.letschat.application.delivery.MessageLog;
import io.letschat.application.delivery.MessagePublisher;
import io.letschat.application.limit.RateLimiter;
import io.letschat.application.media.FileStore.Placed;
import io.letschat.application.media.FileStore.Unavailable;
import io.letschat.application.media.Uploads.NewUpload;
import io.letschat.application.room.RoomAccess;
import io.letschat.domain.Sentence;
import io.letschat.domain.limit.Limit;
import io.letschat.domain.media.Attachment;
import io.letschat.domain.media.FileKey;
import io.letschat.domain.media.FileName;
import io.letschat.domain.media.UploadId;
import io.letschat.domain.message.ClientMessageId;
import io.letschat.domain.message.Message;
import io.letschat.domain.message.MessageContent;
import io.letschat.domain.message.MessageType;
import io.letschat.domain.message.NewMessage;
import io.letschat.domain.room.Member;
import io.letschat.domain.room.RoomId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Somebody shares a picture or a file in a room. When {@link Shared} is returned the file is
 * stored, the message about it is on disk and on its way to everybody; after every other answer
 * nothing of it is kept.
 */
public final class ShareFile {
  /** The largest file that is taken, in bytes: 10 MB. */
  public static final long MOST_BYTES = 10L * 1024 * 1024;

  /**
   * @param name what the sender calls it, as it came
   * @param file what was sent, a file of {@code scratch}
   * @param clientId with one, sending again is safe
   */
  public record Command(
      AuthenticatedUser sender,
      RoomId room,
      String name,
      Path file,
      TempFolder scratch,
      Optional<ClientMessageId> clientId) {}

  public sealed interface Result {}

  public record Shared(Message message) implements Result {}

  /** The room is not there, or not the sender's. */
  public record NoSuchRoom() implements Result {}

  /** The sender's session has ended since the command was given. */
  public record SessionEnded() implements Result {}

  public record TooOften(Duration retryAfter) implements Result {}

  /** More than {@link #MOST_BYTES}. */
  public record TooLarge() implements Result {}

  /** Neither JPEG, PNG, GIF, WebP nor PDF. */
  public record NotShareable() implements Result {}

  /** The sentence says what is wrong with it. */
  public record Unusable(Sentence sentence) implements Result {}

  public record StoreUnavailable() implements Result {}

  /** It may be shared or not; sharing again with the same client id is safe. */
  public record Retry() implements Result {}

  private final RoomAccess access;
  private final RateLimiter limiter;
  private final UploadProcessor uploadProcessor;
  private final FileStore store;
  private final Uploads uploads;
  private final MessagePublisher messagePublisher;
  private final RandomGenerator random;
  private final InstantSource clock;

  public ShareFile(
      RoomAccess access,
      RateLimiter limiter,
      Images images,
      FileStore store,
      Uploads uploads,
      MessagePublisher messagePublisher,
      RandomGenerator random,
      InstantSource clock) {
    this.access = access;
    this.limiter = limiter;
    this.uploadProcessor = new UploadProcessor(images);
    this.store = store;
    this.uploads = uploads;
    this.messagePublisher = messagePublisher;
    this.random = random;
    this.clock = clock;
  }

  public Result share(Command command) {
    Optional<Member> member = access.member(command.sender(), command.room());
    if (member.isEmpty()) {
      return new NoSuchRoom();
    }
    String account = "account:" + command.sender().account().id().value();
    if (limiter.take(Limit.UPLOAD, account) instanceof RateLimiter.Exceeded(var retryAfter)) {
      return new TooOften(retryAfter);
    }
    try {
      return switch (uploadProcessor.prepare(command.file(), command.scratch())) {
        case UploadProcessor.Ready ready -> keep(command, member.get(), ready);
        case UploadProcessor.Refused(var why) -> why;
      };
    } catch (IOException e) {
      throw new TempFolderUnavailable(e);
    }
  }

  private Result keep(Command command, Member member, UploadProcessor.Ready ready)
      throws IOException {
    Rendition full = ready.full();
    var upload =
        new NewUpload(
            command.room(),
            member.user(),
            FileKey.random(random),
            FileName.of(command.name(), full.kind()),
            full.kind(),
            Files.size(full.file()),
            full.size(),
            clock.instant().truncatedTo(ChronoUnit.MILLIS));
    UploadId id = uploads.begin(upload);
    boolean settled = false;
    try {
      return switch (store.place(upload.key(), full, ready.thumbnail())) {
        case Unavailable(var nothingKept) -> {
          settled = nothingKept;
          if (nothingKept) {
            uploads.forget(id);
          }
          yield new StoreUnavailable();
        }
        case Placed placed -> {
          uploads.placed(id, placed.url(), placed.thumbnailUrl());
          Result result = say(command, member, upload, id, placed);
          settled = result instanceof Retry || isNew(result, id);
          yield result;
        }
      };
    } finally {
      if (!settled) {
        takeBack(id, upload);
      }
    }
  }

  private Result say(Command command, Member member, NewUpload upload, UploadId id, Placed placed) {
    var attachment =
        new Attachment(
            id, upload.name(), upload.kind(), upload.bytes(), upload.size(), placed.thumbnailUrl());
    var message =
        new NewMessage(
            member,
            command.sender().session().id(),
            MessageContent.of(placed.url()),
            upload.kind().isImage() ? MessageType.IMAGE : MessageType.FILE,
            command.clientId(),
            Optional.of(attachment),
            clock.instant().truncatedTo(ChronoUnit.MILLIS));
    return switch (messagePublisher.deliver(message)) {
      case MessageLog.Appended(var appended) -> new Shared(appended);
      case MessageLog.AppendedBefore(var known) -> new Shared(known);
      case MessageLog.NotAppended() -> new NoSuchRoom();
      case MessageLog.SessionEnded() -> new SessionEnded();
      case MessageLog.OutcomeUnknown() -> new Retry();
    };
  }

  /** Whether the message is about this upload, and not one that was shared before. */
  private static boolean isNew(Result result, UploadId id) {
    return result instanceof Shared(var message)
        && message.attachment().filter(shared -> shared.upload().equals(id)).isPresent();
  }

  private void takeBack(UploadId id, NewUpload upload) {
    if (store.remove(upload.key(), upload.kind())) {
      uploads.forget(id);
    }
    // Else it is noted still, and will be tried again.
  }
}
