package io.letschat.bootstrap.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DotEnvTest {
  private static final String TEXT = "# Grüße\nPORT=4001\r\nRESEND_FROM_EMAIL='Grüße <a@b.de>'\n";

  @TempDir private Path folder;

  @Test
  void a_byte_order_mark_is_no_part_of_the_first_name() throws Exception {
    DotEnv file = parse("\uFEFFPORT=4001\nHOST=::1", StandardCharsets.UTF_8);

    assertThat(file.values()).containsEntry("PORT", "4001").containsEntry("HOST", "::1");
    assertThat(file.place("HOST")).contains(".env, line 2");
    assertThat(file.place("NODE_ENV")).isEmpty();
    assertThat(parse(TEXT, StandardCharsets.UTF_8).values())
        .containsEntry("RESEND_FROM_EMAIL", "Grüße <a@b.de>");
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-16", "UTF-16LE", "UTF-16BE"})
  void what_notepad_once_called_unicode_is_named(String charset) {
    assertThatThrownBy(() -> parse(TEXT, Charset.forName(charset)))
        .isInstanceOf(SettingsRefused.class)
        .hasMessage(".env is in UTF-16, as some editors on Windows write it; save it as UTF-8.");
  }

  @Test
  void a_letter_in_latin_1_is_found_by_its_line() {
    assertThatThrownBy(() -> parse("PORT=1\n\nHOST=a\nX=für\n", StandardCharsets.ISO_8859_1))
        .isInstanceOf(SettingsRefused.class)
        .hasMessageStartingWith(".env, line 4: a character that is not in UTF-8")
        .hasMessageEndingWith("save the file as UTF-8.");
  }

  @Test
  void what_is_no_setting_is_found_by_its_line() {
    assertThatThrownBy(() -> parse("PORT=1\nHOST: a", StandardCharsets.UTF_8))
        .hasMessage(".env, line 2: not of the form NAME=value.");
    assertThatThrownBy(() -> parse("PORT='1", StandardCharsets.UTF_8))
        .hasMessage(".env, line 1: the quotation mark is not closed.");
  }

  /** Docker makes a folder where a file that is to be mounted does not exist. */
  @Test
  void a_folder_in_its_place_is_not_passed_over() throws Exception {
    Path file = Files.createDirectory(folder.resolve(".env"));

    assertThatThrownBy(() -> DotEnv.read(file))
        .isInstanceOf(SettingsRefused.class)
        .hasMessageContaining(file + " is a folder");
    assertThat(DotEnv.read(folder.resolve("absent")).values()).isEmpty();
  }

  private static DotEnv parse(String text, Charset charset) throws SettingsRefused {
    return DotEnv.parse(text.getBytes(charset), ".env");
  }
}
