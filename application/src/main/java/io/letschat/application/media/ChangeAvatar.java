package io.letschat.application.media;

import io.letschat.application.account.session.AuthenticatedUser;
import io.letschat.application.limit.RateLimiter;
import io.letschat.application.media.Avatars.Avatar;
import io.letschat.domain.Sentence;
import io.letschat.domain.limit.Limit;
import io.letschat.domain.media.FileKey;
import io.letschat.domain.media.FileKind;
import io.letschat.domain.media.ObjectName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Somebody gives themselves a picture, which the others see beside what they say. */
public final class ChangeAvatar {
  /** The largest file that is taken, in bytes: 1 MB. */
  public static final long MOST_BYTES = 1024 * 1024;

  public sealed interface Result {}

  public record Changed(ObjectName name) implements Result {}

  public record TooOften(Duration retryAfter) implements Result {}

  /** More than {@link #MOST_BYTES}. */
  public record TooLarge() implements Result {}

  /** Neither JPEG, PNG, GIF nor WebP. */
  public record NotAnImage() implements Result {}

  /** The sentence says what is wrong with it. */
  public record Unusable(Sentence sentence) implements Result {}

  private final RateLimiter limiter;
  private final Images images;
  private final Avatars avatars;
  private final RandomGenerator random;
  private final InstantSource clock;

  public ChangeAvatar(
      RateLimiter limiter,
      Images images,
      Avatars avatars,
      RandomGenerator random,
      InstantSource clock) {
    this.limiter = limiter;
    this.images = images;
    this.avatars = avatars;
    this.random = random;
    this.clock = clock;
  }

  /**
   * Takes the middle of an image.
   *
   * @param file a file of {@code scratch}
   */
  public Result change(AuthenticatedUser who, Path file, TempFolder tempFolder) {
    String account = "account:" + who.account().id().value();
    if (limiter.take(Limit.UPLOAD, account) instanceof RateLimiter.Exceeded(var retryAfter)) {
      return new TooOften(retryAfter);
    }
    try {
      if (Files.size(file) > MOST_BYTES) {
        return new TooLarge();
      }
      Optional<FileKind> kind = UploadProcessor.kindOf(file).filter(FileKind::isImage);
      if (kind.isEmpty()) {
        return new NotAnImage();
      }
      return switch (images.portrait(file, kind.get(), tempFolder)) {
        case Images.Unusable(var sentence) -> new Unusable(sentence);
        case Images.Processed(var square, var none) -> keep(who, square);
      };
    } catch (IOException e) {
      throw new TempFolderUnavailable(e);
    }
  }

  private Result keep(AuthenticatedUser who, Rendition square) throws IOException {
    byte[] content = Files.readAllBytes(square.file());
    var avatar = new Avatar(FileKey.random(random), square.kind(), content);
    avatars.put(who.user(), avatar, clock.instant());
    return new Changed(avatar.name());
  }
}
