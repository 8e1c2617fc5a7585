package io.letschat.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.letschat.application.account.code.OneTimeCodes;
import io.letschat.domain.account.CodeHash;
import io.letschat.domain.account.CodePurpose;
import io.letschat.domain.account.EmailAddress;
import io.letschat.domain.account.OneTimeCode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/** What every {@link OneTimeCodes} keeps. */
public abstract class OneTimeCodesContract {
  private static final Instant END = Stores.NOON.plus(OneTimeCode.LIFETIME);
  private static final CodeHash RIGHT = code(1);

  private final EmailAddress email = EmailAddress.of(Stores.unique() + "@example.org");

  protected abstract Stores stores();

  @Test
  void the_right_code_is_good_once() {
    keep(RIGHT);

    assertThat(redeem(RIGHT)).isTrue();
    assertThat(redeem(RIGHT)).isFalse();
  }

  @Test
  void a_code_is_good_for_its_address_in_any_case_and_for_no_other() {
    keep(RIGHT);

    var other = EmailAddress.of(Stores.unique() + "@example.org");
    assertThat(codes().redeem(other, CodePurpose.RECOVERY, RIGHT, Stores.NOON)).isFalse();
    var shouted = EmailAddress.of(email.text().toUpperCase(Locale.ROOT));
    assertThat(codes().redeem(shouted, CodePurpose.RECOVERY, RIGHT, Stores.NOON)).isTrue();
  }

  @Test
  void a_code_is_good_for_its_purpose_alone_and_tries_for_one_do_not_count_for_the_other() {
    keep(RIGHT);
    codes().keep(email, CodePurpose.VERIFICATION, code(2), END);
    for (int i = 0; i < OneTimeCode.TRIES; i++) {
      assertThat(codes().redeem(email, CodePurpose.VERIFICATION, RIGHT, Stores.NOON)).isFalse();
    }

    assertThat(redeem(RIGHT)).isTrue();
  }

  @Test
  void a_code_is_good_until_it_expires() {
    keep(RIGHT);

    assertThat(codes().redeem(email, CodePurpose.RECOVERY, RIGHT, END)).isFalse();
    assertThat(codes().redeem(email, CodePurpose.RECOVERY, RIGHT, END.minusMillis(1))).isTrue();
  }

  @Test
  void after_the_last_wrong_try_the_right_code_is_dead_and_before_it_is_not() {
    keep(RIGHT);
    tryWrong(OneTimeCode.TRIES);
    assertThat(redeem(RIGHT)).isFalse();

    keep(RIGHT);
    tryWrong(OneTimeCode.TRIES - 1);
    assertThat(redeem(RIGHT)).isTrue();
  }

  @Test
  void a_new_code_replaces_the_old_one_and_has_all_its_tries() {
    keep(RIGHT);
    tryWrong(OneTimeCode.TRIES - 1);
    keep(code(2));

    assertThat(redeem(RIGHT)).isFalse();
    tryWrong(OneTimeCode.TRIES - 2);
    assertThat(redeem(code(2))).isTrue();
  }

  @Test
  void only_expired_codes_are_forgotten() {
    keep(RIGHT);
    codes().forgetExpired(END.minusMillis(1));
    assertThat(redeem(RIGHT)).isTrue();

    keep(RIGHT);
    codes().forgetExpired(END);
    assertThat(redeem(RIGHT)).isFalse();
  }

  @Test
  void of_many_right_tries_at_once_exactly_one_is_taken() throws Exception {
    keep(RIGHT);
    List<Callable<Boolean>> tries = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      tries.add(() -> redeem(RIGHT));
    }
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      int taken = 0;
      for (var outcome : threads.invokeAll(tries)) {
        taken += outcome.get() ? 1 : 0;
      }
      assertThat(taken).isEqualTo(1);
    }
  }

  private OneTimeCodes codes() {
    return stores().codes();
  }

  private void keep(CodeHash code) {
    codes().keep(email, CodePurpose.RECOVERY, code, END);
  }

  private boolean redeem(CodeHash code) {
    return codes().redeem(email, CodePurpose.RECOVERY, code, Stores.NOON);
  }

  private void tryWrong(int times) {
    for (int i = 0; i < times; i++) {
      assertThat(redeem(code(100 + i))).isFalse();
    }
  }

  /** A hash that no other number has. */
  public static CodeHash code(int number) {
    return new CodeHash(String.format(Locale.ROOT, "%064x", number));
  }
}
