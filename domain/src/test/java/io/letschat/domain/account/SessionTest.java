package io.letschat.domain.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.letschat.domain.InvalidValueException;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SessionTest {
  private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

  @Test
  void a_session_lives_until_the_moment_in_which_it_expires() {
    var session =
        new Session(
            SessionId.random(new Random(1)),
            new AccountId(1),
            new UserId(2),
            Device.of("", ""),
            NOON,
            NOON.plus(Session.LIFETIME));
    assertThat(session.isLive(NOON)).isTrue();
    assertThat(session.isLive(session.expiresAt().minusNanos(1))).isTrue();
    assertThat(session.isLive(session.expiresAt())).isFalse();
  }

  @Test
  void ids_of_sessions_differ_and_neither_their_text_nor_their_handle_gives_them_away() {
    var random = new Random(1);
    SessionId one = SessionId.random(random);
    SessionId other = SessionId.random(random);
    assertThat(one).isNotEqualTo(other);
    assertThat(one.value()).hasSize(24);
    assertThat(one.toString()).startsWith("SessionId[").doesNotContain(one.value());
    assertThat(one.handle()).hasSize(16).isNotEqualTo(other.handle());
    assertThat(one.value()).doesNotContain(one.handle());
    for (String none :
        new String[] {"", one.value() + "a", one.value().substring(1), "!".repeat(24)}) {
      assertThatIllegalArgumentException().isThrownBy(() -> new SessionId(none));
    }
  }

  @Test
  void a_device_is_kept_without_controls_and_cut_at_200_characters() {
    assertThat(Device.of(" a\u0000\tb\u00e9 ", "192.0.2.1"))
        .isEqualTo(new Device("ab", "192.0.2.1"));
    assertThat(Device.of("a".repeat(201), "b".repeat(201)))
        .isEqualTo(new Device("a".repeat(200), "b".repeat(200)));
    assertThatIllegalArgumentException().isThrownBy(() -> new Device("a".repeat(201), ""));
    assertThatIllegalArgumentException().isThrownBy(() -> new Device("", "b".repeat(201)));
  }

  @Test
  void a_code_has_six_digits_and_is_read_with_the_gaps_that_people_type() {
    assertThat(OneTimeCode.of(" 123-4\u00a056 ")).isEqualTo(new OneTimeCode("123456"));
    for (int seed = 0; seed < 100; seed++) {
      assertThat(OneTimeCode.random(new Random(seed)).digits()).matches("[0-9]{6}");
    }
    for (String none : new String[] {"", "12345", "1234567", "12345a"}) {
      assertThatThrownBy(() -> OneTimeCode.of(none)).isInstanceOf(InvalidValueException.class);
    }
  }

  @Test
  void what_is_kept_of_secrets_does_not_print_itself() {
    assertThat(new CodeHash("0f".repeat(32))).hasToString("CodeHash[hidden]");
    assertThat(new PasswordHash("$2a$10$secret")).hasToString("PasswordHash[hidden]");
    assertThat(new OneTimeCode("123456")).hasToString("OneTimeCode[hidden]");
    for (String none : new String[] {"", "0f".repeat(31), "0F".repeat(32), "0f".repeat(33)}) {
      assertThatIllegalArgumentException().isThrownBy(() -> new CodeHash(none));
    }
  }
}
