package io.letschat.application.sentence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.letschat.domain.InvalidValueException;
import io.letschat.domain.Sentence;
import io.letschat.domain.account.Username;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SentencesTest {
  private static final Map<String, String> POLISH =
      Map.of(
          "plural.one", "i = 1 and v = 0",
          "plural.few", "v = 0 and i % 10 = 2..4 and i % 100 != 12..14",
          "plural.many",
              "v = 0 and i != 1 and i % 10 = 0..1 or v = 0 and i % 10 = 5..9 or v = 0 and i % 100 ="
                  + " 12..14",
          "files.one", "{count} plik",
          "files.few", "{count} pliki",
          "files.many", "{count} plik\u00f3w",
          "plain", "{name} ma {name}");

  @ParameterizedTest
  @CsvSource({
    "王, A username has 2 to 30 characters.",
    "हि, A username has 2 to 30 characters.",
    "王 伟, 'A username has letters of any language, digits, underscores, dots, hyphens and"
        + " apostrophes.'"
  })
  void the_sentence_says_what_is_wrong_in_any_script(String typed, String sentence) {
    var refused = catchThrowableOfType(InvalidValueException.class, () -> Username.of(typed));
    assertThat(Sentences.english().of(refused.sentence())).isEqualTo(sentence);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0 plik\u00f3w",
    "1, 1 plik",
    "2, 2 pliki",
    "5, 5 plik\u00f3w",
    "12, 12 plik\u00f3w",
    "22, 22 pliki",
    "21, 21 plik\u00f3w",
    "112, 112 plik\u00f3w"
  })
  void a_language_says_itself_which_form_a_number_takes(long count, String said) {
    var polish = new Sentences("pl", POLISH);
    assertThat(polish.of(Sentence.of("files").with("count", count))).isEqualTo(said);
  }

  @Test
  void what_stands_in_a_gap_is_not_read_as_a_sentence() {
    var polish = new Sentences("pl", POLISH);
    assertThat(polish.of(Sentence.of("plain").with("name", "{name} $1 \\ '")))
        .isEqualTo("{name} $1 \\ ' ma {name} $1 \\ '");
  }

  @Test
  void an_apostrophe_is_an_apostrophe() {
    assertThat(Sentences.english().of("room-password.missing"))
        .isEqualTo("Please enter the room's password.");
  }
}
