package io.letschat.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.letschat.domain.account.Username;
import io.letschat.domain.room.RoomName;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Names of people and rooms in the scripts of this world, and what only looks like a name. */
class NamesTest {
  private static final String FLAG =
      "\uD83C\uDFF4\uDB40\uDC67\uDB40\uDC62\uDB40\uDC65\uDB40\uDC6E\uDB40\uDC67\uDB40\uDC7F";
  private static final String FAMILY = "\uD83D\uDC68\u200D\uD83D\uDC69\u200D\uD83D\uDC67";

  /** Distorted face, of Unicode 17. */
  private static final String NEWER_EMOJI = "\uD83E\uDEEA";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ab",
        "王伟",
        "हिन्दी",
        "สมชายดี้",
        "தமிழ்",
        "محمّد",
        "O’Neil",
        "Nguyễn",
        "ශ්\u200dරී",
        "علی\u200cرضا",
        "辻\uDB40\uDD01",
        "〇〇",
        "٣٤",
        "a\u0301\u0302\u0303\u0304\u0305\u0306\u0307\u0308\u0309b",
        "हिहिहिहिहिहिहिहिहिहिहिहिहिहिहिहिहिहिहिहिहिहिहिहिहिहिहिहिहिहि"
      })
  void usernames_of_any_script_are_accepted(String typed) {
    String name = typed.length() == 3 && typed.startsWith("辻") ? typed + "子" : typed;
    assertThat(Username.of(name).text()).isEqualTo(Text.tidied(name));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "王",
        "हि",
        "ada\u3164",
        "\u115f\u115f\u115f",
        "\u1160\u1160\u1160",
        "\u2800\u2800\u2800",
        "ada\ufe0f",
        "ada\u200d",
        "ad\u200da",
        "محمد\u200c",
        "\u0301\u0301\u0301",
        "ada\uDB40\uDD01",
        "ada\uE000",
        "ada\u034f",
        "\uD80D\uDC41\uD80D\uDC42",
        "a\u20dda",
        "room",
        "HERE",
        " \uff41ll ",
        "аll",
        "a\ud83da",
        "a\u0316\u0317\u0318\u0319\u031c\u031d\u031e\u031f\u0320b"
      })
  void what_cannot_be_seen_or_is_no_word_is_no_username(String typed) {
    refuses("username", () -> Username.of(typed));
  }

  @Test
  void the_apostrophe_of_keyboards_is_the_one_of_names() {
    assertThat(Username.of("O'Neil")).isEqualTo(Username.of("O’Neil"));
    assertThat(RoomName.of("Ada's").key()).isEqualTo(RoomName.of("Ada’s").key());
  }

  @Test
  void a_name_may_have_as_many_characters_as_people_count() {
    String longest = "हि".repeat(30);
    assertThat(Username.of(longest).text()).isEqualTo(longest);
    refuses("username", () -> Username.of(longest + "हि"));
    String letter = "a\u0316\u0317\u0318\u0319";
    assertThat(Username.of(letter.repeat(24)).text()).hasSize(120);
    refuses("username", () -> Username.of(letter.repeat(24) + "b"));

    assertThat(RoomName.of("हि".repeat(100)).text()).hasSize(200);
    refuses("room", () -> RoomName.of("हि".repeat(101)));
    assertThat(RoomName.of(FAMILY.repeat(100)).text()).hasSize(800);
    refuses("room", () -> RoomName.of(FLAG.repeat(72)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "?", "🏴 fans", "❤️", "1️⃣", "مرحبا\u200cبك", "🇩🇪", "تلك"})
  void rooms_have_names_of_letters_signs_and_emoji(String typed) {
    assertThat(RoomName.of(typed).text()).isEqualTo(Text.tidied(typed));
    assertThat(RoomName.of(FLAG + " fans").text()).isEqualTo(FLAG + " fans");
    assertThat(RoomName.of(NEWER_EMOJI + " party").text()).isEqualTo(NEWER_EMOJI + " party");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        " ",
        "\u3164",
        "\u115f\u1160",
        "\u2800\u2800",
        "\ufe0f",
        "\u200d\u200c",
        "\u200d \u3164",
        "\u0301",
        "\uD834\uDD59",
        "\ufffc",
        "a\u2028b",
        "a\u2066b",
        "a\uDB40\uDC67\uDB40\uDC7F",
        "\ue000",
        "a\u0378",
        "a\ud83d"
      })
  void a_room_without_anything_to_see_or_with_something_hidden_is_refused(String typed) {
    refuses("room", () -> RoomName.of(typed));
  }

  @ParameterizedTest
  @CsvSource({
    "Straße, STRASSE",
    "ΟΔΟΣ, οδοσ",
    "οδος, Οδοσ",
    "ẞ, ss",
    "İstanbul, i̇stanbul",
    "ﬁne, FINE",
    "ᾳ, ΑΙ",
    "Ⅷ, viii"
  })
  void names_that_differ_in_case_alone_have_one_key(String one, String other) {
    assertThat(RoomName.of(one).key()).isEqualTo(RoomName.of(other).key());
    assertThat(Text.nameKey(RoomName.of(one).key())).isEqualTo(RoomName.of(one).key());
  }

  @ParameterizedTest
  @CsvSource({
    "аdа, ada",
    "аdmin, Admin",
    "АDMIN, admin",
    "Воb, Bob",
    "ВОВ, BOB",
    "OʼNeil, O'Neil",
    "раураl, paypal",
    "ıan, ian"
  })
  void names_that_look_the_same_are_confusable(String one, String other) {
    assertThat(Username.of(one).looksLike(Username.of(other))).isTrue();
    assertThat(Username.of(other).looksLike(Username.of(one))).isTrue();
    assertThat(Username.stored(other + "\u3164").looksLike(Username.of(one))).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "modern, modem",
    "Ian, lan",
    "O'Neil, 0'Neil",
    "王伟, 王偉",
    "Вова, Bova",
    "Zoë, Zoe",
    "ада, ada"
  })
  void names_that_people_tell_apart_are_not_confusable(String one, String other) {
    assertThat(Username.of(one).looksLike(Username.of(other))).isFalse();
  }

  @Test
  void what_is_stored_is_read_without_the_rules() {
    for (String old :
        new String[] {"ada\u3164", "\u115f\u115f\u115f", "room", "аdа", "a", "x".repeat(31)}) {
      assertThat(Username.stored(old).text()).isEqualTo(old);
      assertThat(Username.typed(old).key()).isEqualTo(Username.stored(old).key());
      assertThat(RoomName.stored(old).text()).isEqualTo(old);
      assertThat(RoomName.typed(old).key()).isEqualTo(RoomName.stored(old).key());
    }
    refuses("room", () -> RoomName.typed("a\0b"));
    refuses("room", () -> RoomName.typed("x".repeat(501)));
  }

  private static void refuses(String field, ThrowingCallable making) {
    assertThatThrownBy(making)
        .isInstanceOfSatisfying(
            InvalidValueException.class, refusal -> assertThat(refusal.field()).isEqualTo(field));
  }
}
