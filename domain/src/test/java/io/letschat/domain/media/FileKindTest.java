package io.letschat.domain.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FileKindTest {
  private static byte[] bytes(String escaped) {
    return escaped.translateEscapes().getBytes(StandardCharsets.ISO_8859_1);
  }

  @ParameterizedTest
  @CsvSource({
    "JPEG, \\377\\330\\377",
    "PNG, \\211PNG\\r\\n\\032\\n",
    "GIF, GIF87a",
    "GIF, GIF89a",
    "WEBP, RIFF1234WEBP",
    "PDF, %PDF-",
  })
  void the_first_bytes_say_what_a_file_is_and_one_fewer_says_nothing(FileKind kind, String head) {
    byte[] whole = bytes(head);
    assertThat(FileKind.of(whole)).contains(kind);
    assertThat(FileKind.of(Arrays.copyOf(whole, FileKind.HEAD_BYTES))).contains(kind);
    assertThat(FileKind.of(Arrays.copyOf(whole, whole.length - 1))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "RIFF1234WAVE", "1234RIFFWEBP", "GIF88a", "<html>", " %PDF-"})
  void anything_else_is_none_that_can_be_shared(String head) {
    assertThat(FileKind.of(bytes(head))).isEmpty();
  }

  @Test
  void a_kind_is_found_by_its_media_type_and_by_its_extension() {
    for (FileKind kind : FileKind.values()) {
      assertThat(FileKind.withMediaType(kind.mediaType())).contains(kind);
      assertThat(FileKind.withExtension(kind.extension())).contains(kind);
    }
    assertThat(FileKind.withMediaType("text/html")).isEmpty();
    assertThat(FileKind.withExtension("html")).isEmpty();
  }

  @Test
  void everything_but_a_document_can_be_looked_at() {
    assertThat(FileKind.values())
        .filteredOn(FileKind::isImage)
        .containsExactly(FileKind.JPEG, FileKind.PNG, FileKind.GIF, FileKind.WEBP);
  }
}
