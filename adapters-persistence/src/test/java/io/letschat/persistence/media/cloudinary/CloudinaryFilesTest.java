package io.letschat.persistence.media.cloudinary;

import static org.assertj.core.api.Assertions.assertThat;

import io.letschat.application.media.FileStore;
import io.letschat.application.media.FileStore.Placed;
import io.letschat.application.media.FileStore.Unavailable;
import io.letschat.application.media.Rendition;
import io.letschat.domain.media.Dimensions;
import io.letschat.domain.media.FileKey;
import io.letschat.domain.media.FileKind;
import io.letschat.persistence.media.cloudinary.FakeCloudinary.Mood;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class CloudinaryFilesTest {
  private static final CloudinaryFiles.Patience SHORT =
      new CloudinaryFiles.Patience(2_000, 1_500, 1_000, 500);

  @TempDir private Path folder;
  private final FakeCloudinary cloudinary = start();
  private final FileStore store = store(cloudinary.address(), FakeCloudinary.SECRET);
  private final FileKey key = FileKey.random(new SecureRandom());
  private Rendition image;

  @BeforeEach
  void write() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "the bytes");
    image = new Rendition(file, FileKind.JPEG, Optional.of(new Dimensions(4000, 3000)));
  }

  @AfterEach
  void stop() {
    cloudinary.close();
  }

  @Test
  void a_file_is_uploaded_with_a_good_signature_under_its_key_alone() {
    var placed = (Placed) store.place(key, image, Optional.empty());

    assertThat(cloudinary.kept()).containsOnlyKeys("letschat/" + key.value());
    assertThat(cloudinary.kept()).containsValue("the bytes");
    assertThat(placed.url()).endsWith("/v1_1/cloud/image/upload/letschat/" + key.value());
    assertThat(placed.thumbnailUrl()).isEmpty();
  }

  @Test
  void a_thumbnail_is_made_there_with_the_upload() {
    var placed = (Placed) store.place(key, image, Optional.of(image));

    assertThat(placed.thumbnailUrl())
        .hasValueSatisfying(url -> assertThat(url).endsWith("?c_limit,h_640,w_640"));
    assertThat(cloudinary.kept()).hasSize(1);
  }

  @Test
  void a_pdf_is_stored_as_it_is_and_can_be_removed_again() {
    var pdf = new Rendition(image.file(), FileKind.PDF, Optional.empty());

    var placed = (Placed) store.place(key, pdf, Optional.empty());

    assertThat(placed.url()).endsWith("/raw/upload/letschat/" + key.value() + ".pdf");
    assertThat(store.remove(key, FileKind.PDF)).isTrue();
    assertThat(cloudinary.kept()).isEmpty();
    assertThat(store.remove(key, FileKind.PDF)).isTrue();
  }

  @Test
  void a_wrong_secret_is_refused_and_nothing_is_kept() {
    FileStore wrong = store(cloudinary.address(), "guessed");

    assertThat(wrong.place(key, image, Optional.empty())).isEqualTo(new Unavailable(true));
    assertThat(wrong.remove(key, FileKind.JPEG)).isFalse();
    assertThat(cloudinary.kept()).isEmpty();
  }

  @Test
  void a_service_that_fails_keeps_nothing() {
    cloudinary.mood = Mood.FAILING;

    assertThat(store.place(key, image, Optional.empty())).isEqualTo(new Unavailable(true));
    assertThat(store.remove(key, FileKind.JPEG)).isFalse();
  }

  @Test
  void rubbish_is_no_answer() {
    for (Mood mood : new Mood[] {Mood.RUBBISH, Mood.WRONG_ADDRESS}) {
      cloudinary.mood = mood;

      assertThat(store.place(key, image, Optional.empty())).isEqualTo(new Unavailable(false));
      assertThat(store.remove(key, FileKind.JPEG)).isTrue();
    }
    assertThat(cloudinary.kept()).isEmpty();
  }

  @Test
  void nobody_waits_for_ever() {
    for (Mood mood : new Mood[] {Mood.SILENT, Mood.KEEPS_AND_IS_SILENT, Mood.DRIPPING}) {
      cloudinary.mood = mood;
      long began = System.nanoTime();

      assertThat(store.place(key, image, Optional.empty())).isEqualTo(new Unavailable(false));

      assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(10));
    }
  }

  @Test
  void nothing_is_kept_by_a_service_that_is_not_there() {
    cloudinary.close();

    assertThat(store.place(key, image, Optional.empty())).isEqualTo(new Unavailable(true));
  }

  @Test
  void browsers_may_show_what_is_stored_there() {
    var account =
        new CloudinaryAccount(
            "cloud", "key", "secret", Optional.of(URI.create("http://127.0.0.1:8080/api")));

    assertThat(account.imageOrigins())
        .containsExactly("https://res.cloudinary.com", "http://127.0.0.1:8080");
    assertThat(account).asString().doesNotContain("secret");
  }

  private static FileStore store(URI address, String secret) {
    var account = new CloudinaryAccount("cloud", "key", secret, Optional.of(address));
    return CloudinaryModule.store(account, SHORT);
  }

  private static FakeCloudinary start() {
    try {
      return new FakeCloudinary();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
