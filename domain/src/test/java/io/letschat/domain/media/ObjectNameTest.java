package io.letschat.domain.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ObjectNameTest {
  private static final FileKey KEY = new FileKey("0123456789abcdef".repeat(2));

  @Test
  void a_stored_file_and_its_smaller_form_are_read_as_they_are_called() {
    for (FileKind kind : FileKind.values()) {
      for (ObjectName name :
          new ObjectName[] {ObjectName.of(KEY, kind), ObjectName.thumbnailOf(KEY, kind)}) {
        assertThat(ObjectName.read(name.text())).contains(name);
        assertThat(name).hasToString(name.text());
      }
    }
    assertThat(ObjectName.of(KEY, FileKind.PNG).text()).isEqualTo(KEY.value() + ".png");
    assertThat(ObjectName.thumbnailOf(KEY, FileKind.PNG).text())
        .isEqualTo(KEY.value() + "-small.png");
  }

  @Test
  void nothing_else_is_such_a_name() {
    String key = KEY.value();
    for (String text :
        new String[] {
          "",
          key,
          key + ".html",
          key + ".exe",
          key + "-large.png",
          "../" + key + ".png",
          key.substring(1) + ".png",
          key.toUpperCase(Locale.ROOT) + ".png"
        }) {
      assertThat(ObjectName.read(text)).as(text).isEmpty();
    }
  }

  @Test
  void a_key_has_32_hexadecimal_digits_and_none_is_like_another() {
    var random = new Random(1);
    assertThat(FileKey.random(random)).isNotEqualTo(FileKey.random(random));
    assertThat(FileKey.random(random).value()).matches("[0-9a-f]{32}");
    assertThatIllegalArgumentException().isThrownBy(() -> new FileKey(KEY.value() + "0"));
  }
}
