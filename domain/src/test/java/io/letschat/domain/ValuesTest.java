package io.letschat.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.letschat.domain.account.EmailAddress;
import io.letschat.domain.account.Password;
import io.letschat.domain.account.Username;
import io.letschat.domain.limit.Limit;
import io.letschat.domain.limit.Rate;
import io.letschat.domain.message.ClientMessageId;
import io.letschat.domain.message.MessageContent;
import io.letschat.domain.room.RoomName;
import io.letschat.domain.room.RoomPassword;
import java.time.Duration;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ValuesTest {
  private static final String EMOJI = "\ud83d\ude00";

  @ParameterizedTest
  @ValueSource(
      strings = {"a@example.org", " Ada.Lovelace+chat@mail.example.co ", "ü@bücher.example"})
  void addresses_are_accepted(String typed) {
    assertThat(EmailAddress.of(typed).text()).isEqualTo(typed.strip());
  }

  @Test
  void addresses_are_one_whatever_their_case_width_or_composition() {
    for (String same :
        new String[] {
          "İ\u212a@example.org", "i\u0307k@EXAMPLE.org", "\ufeffI\u0307\uff2b@example.org\u00a0"
        }) {
      assertThat(EmailAddress.of(same).key()).isEqualTo("i\u0307k@example.org");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a",
        "a@b",
        "@example.org",
        "a@example.",
        "a b@example.org",
        "a@exa mple.org",
        "a@@example.org",
        "a@example.org\r\nBcc: b@example.org",
        "a\u0000@example.org",
        "a@-example.org",
        "<a@example.org>",
        "a\u202e@example.org"
      })
  void what_is_no_address_is_refused(String typed) {
    refuses("email", () -> EmailAddress.of(typed));
  }

  @Test
  void an_address_has_at_most_254_characters() {
    String labels = ("x".repeat(60) + ".").repeat(3) + "example.org";
    assertThat(EmailAddress.of("a".repeat(254 - labels.length() - 1) + "@" + labels).text())
        .hasSize(254);
    refuses("email", () -> EmailAddress.of("a".repeat(255 - labels.length() - 1) + "@" + labels));
  }

  @Test
  void an_address_is_measured_in_code_points_not_in_utf_16() {
    String labels = ("\ud835\udfd8".repeat(60) + ".").repeat(3) + "example.org";
    String local = EMOJI.repeat(254 - Text.codePoints(labels) - 1);
    assertThat(Text.codePoints(EmailAddress.of(local + "@" + labels).text())).isEqualTo(254);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ada", "A.d_a-1", "ådå", "абв", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"})
  void usernames_are_accepted(String typed) {
    assertThat(Username.of(typed).text()).isEqualTo(typed);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a",
        "a b c",
        "ada!",
        "ada\u200b",
        "<ada>",
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
        "ad\u0000a"
      })
  void what_is_no_username_is_refused(String typed) {
    refuses("username", () -> Username.of(typed));
  }

  @Test
  void names_are_compared_by_their_keys() {
    assertThat(Username.of("\uff21da").key()).isEqualTo(Username.of("ADA").key());
    assertThat(RoomName.of(" Tea  ").key()).isEqualTo("tea");
    assertThat(RoomName.of("\ufb01ne").key()).isEqualTo("fine");
  }

  @Test
  void a_password_has_8_code_points_to_72_bytes() {
    assertThat(Password.of("12345678").secret()).isEqualTo("12345678");
    assertThat(Password.of(EMOJI.repeat(18)).secret()).hasSize(36);
    refuses("password", () -> Password.of("1234567"));
    refuses("password", () -> Password.of(EMOJI.repeat(7)));
    refuses("password", () -> Password.of(EMOJI.repeat(19)));
    refuses("password", () -> Password.of("x".repeat(73)));
    refuses("password", () -> Password.of("1234567\u0000"));
    refuses("password", () -> Password.of("1234567\ud83d"));
  }

  @Test
  void a_password_is_not_too_long_because_of_how_a_keyboard_composes_it() {
    String composed = "\uac01".repeat(24);
    String decomposed = "\u1100\u1161\u11a8".repeat(24);
    assertThat(Password.of(decomposed).secret()).isEqualTo(composed);
    assertThat(RoomPassword.of(decomposed).secret()).isEqualTo(composed);
    assertThat(Password.of("12345678e\u0301").secret()).isEqualTo("12345678e\u0301");
    refuses("password", () -> Password.of(decomposed + "\u1100"));
  }

  @Test
  void secrets_do_not_print_themselves() {
    assertThat(Password.of("12345678").toString()).doesNotContain("1234");
    assertThat(RoomPassword.of("open").toString()).doesNotContain("open");
  }

  @Test
  void a_room_s_password_has_1_character_to_72_bytes() {
    assertThat(RoomPassword.of(" ").secret()).isEqualTo(" ");
    refuses("password", () -> RoomPassword.of(""));
    refuses("password", () -> RoomPassword.of("x".repeat(73)));
  }

  @Test
  void a_room_s_name_has_1_to_100_code_points_and_no_controls() {
    assertThat(RoomName.of(EMOJI.repeat(100)).text()).hasSize(200);
    assertThat(RoomName.of("\ud83d\udc69\u200d\ud83d\udcbb").text()).contains("\u200d");
    refuses("room", () -> RoomName.of("  "));
    refuses("room", () -> RoomName.of("x".repeat(101)));
    refuses("room", () -> RoomName.of("a\nb"));
    refuses("room", () -> RoomName.of("a\u202eb"));
    refuses("room", () -> RoomName.of("a\u0000b"));
  }

  @Test
  void content_is_trimmed_and_otherwise_left_alone() {
    assertThat(MessageContent.of("\n  a\u00a0 \u2028 b\u001e \t").text())
        .isEqualTo("a\u00a0 \u2028 b");
    assertThat(MessageContent.of("\ufeff\u00a0 a \u3000\u202f").text()).isEqualTo("a");
    assertThat(MessageContent.of(EMOJI.repeat(2000)).text()).hasSize(4000);
    refuses("content", () -> MessageContent.of(EMOJI.repeat(2001)));
    refuses("content", () -> MessageContent.of(" \n\t "));
    refuses("content", () -> MessageContent.of("\u00a0\ufeff\u2007"));
    refuses("content", () -> MessageContent.of("a\u0000b"));
    refuses("content", () -> MessageContent.of("a\udc00b"));
  }

  @Test
  void a_client_message_id_has_1_to_64_characters() {
    assertThat(ClientMessageId.of("x".repeat(64)).value()).hasSize(64);
    assertThat(ClientMessageId.of(EMOJI.repeat(64)).value()).hasSize(128);
    refuses("client_message_id", () -> ClientMessageId.of(EMOJI.repeat(65)));
    refuses("client_message_id", () -> ClientMessageId.of(""));
    refuses("client_message_id", () -> ClientMessageId.of("x".repeat(65)));
  }

  @Test
  void rates_are_read_as_they_are_written() {
    assertThat(Rate.parse("R", "100/15m")).contains(new Rate(100, Duration.ofMinutes(15)));
    assertThat(Rate.parse("R", "1/1d")).contains(new Rate(1, Duration.ofDays(1)));
    assertThat(Rate.parse("R", "off")).isEmpty();
    assertThat(Limit.GENERAL.defaultRate()).isEqualTo(new Rate(100, Duration.ofMinutes(15)));
    for (String wrong :
        new String[] {"", "100", "0/15m", "100/0s", "-1/1s", "100/15", "100 / 15m", "OFF"}) {
      refuses("R", () -> Rate.parse("R", wrong));
    }
  }

  private static void refuses(String field, ThrowingCallable making) {
    assertThatThrownBy(making)
        .isInstanceOfSatisfying(
            InvalidValueException.class, refusal -> assertThat(refusal.field()).isEqualTo(field));
  }
}
