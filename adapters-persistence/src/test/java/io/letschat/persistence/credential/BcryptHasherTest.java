package io.letschat.persistence.credential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.letschat.domain.account.PasswordHash;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BcryptHasherTest {
  /** Of "x" 72 times, by libxcrypt. */
  private static final PasswordHash LONGEST =
      new PasswordHash("$2b$04$ABCDEFGHIJKLMNOPQRSTUuuPMGVdMuE6yqNwaDAANxW.7cK/ZbrX6");

  private final BcryptHasher hasher = new BcryptHasher(new SecureRandom(), 2);

  @Test
  void a_hash_is_bcrypt_of_cost_ten_and_matches_its_secret_alone() {
    PasswordHash hash = hasher.hash("pässwörd €");
    assertThat(hash.bcrypt()).startsWith("$2a$10$").hasSize(60);
    assertThat(hasher.matches("pässwörd €", hash)).isTrue();
    assertThat(hasher.matches("pässwörd", hash)).isFalse();
    assertThat(hasher.matches("", hash)).isFalse();
    assertThat(hasher.hash("pässwörd €")).isNotEqualTo(hash);
  }

  // The hashes were computed by libxcrypt.
  @ParameterizedTest
  @CsvSource({
    "correct horse battery staple,$2b$10$abcdefghijklmnopqrstuuGGgFFcYeueaAql8Z7U7CnCTRw4DR77W",
    "pässwörd €,$2y$10$0123456789abcdefghijkumhoT7QrsHH4RRglReBVPzZ3kpD/LSjG",
    "ü-U*U,$2b$05$CCCCCCCCCCCCCCCCCCCCC.Pne6xarJcK7.2hGZxv2emSOKUgHPx3m"
  })
  void hashes_that_others_have_written_match(String secret, String bcrypt) {
    assertThat(hasher.matches(secret, new PasswordHash(bcrypt))).isTrue();
    assertThat(hasher.matches(secret + "!", new PasswordHash(bcrypt))).isFalse();
    assertThat(hasher.matches(secret, new PasswordHash(bcrypt.replaceFirst("2[by]", "2a"))))
        .isTrue();
  }

  @Test
  void what_is_longer_than_72_bytes_never_matches_although_bcrypt_sees_no_difference() {
    assertThat(hasher.matches("x".repeat(72), LONGEST)).isTrue();
    assertThat(hasher.matches("x".repeat(71), LONGEST)).isFalse();
    assertThat(hasher.matches("x".repeat(73), LONGEST)).isFalse();
    assertThat(hasher.matches("x".repeat(72) + "é".repeat(1_000), LONGEST)).isFalse();
    assertThatThrownBy(() -> hasher.hash("é".repeat(37)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void a_secret_repeated_behind_a_nul_is_another_secret() {
    PasswordHash hash = hasher.hash("secret");
    assertThat(hasher.matches("secret\0secret", hash)).isFalse();
    assertThatThrownBy(() -> hasher.hash("secret\0")).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void a_secret_that_is_too_long_takes_as_long_to_refuse() {
    PasswordHash hash = hasher.hash("secret");
    hasher.matches("warm up", hash);
    // The shortest of some, so that a busy machine does not matter.
    assertThat(shortest("x".repeat(5_000), hash)).isGreaterThan(shortest("wrong", hash) / 2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "plain",
        "$2b$",
        "$2b$10$short",
        "$2b$31$abcdefghijklmnopqrstuuGGgFFcYeueaAql8Z7U7CnCTRw4DR77W",
        "$1$abcdefgh$1234567890123456789012"
      })
  void nothing_matches_what_is_no_bcrypt_hash(String kept) {
    assertThat(hasher.matches("plain", new PasswordHash(kept))).isFalse();
  }

  @Test
  void virtual_threads_go_on_while_more_sign_in_than_there_are_processors() throws Exception {
    PasswordHash hash = hasher.hash("secret");
    int many = 4 * Runtime.getRuntime().availableProcessors();
    List<Future<Boolean>> signIns = new ArrayList<>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < many; i++) {
        signIns.add(threads.submit(() -> hasher.matches("secret", hash)));
      }
      AtomicBoolean ran = new AtomicBoolean();
      threads.submit(() -> ran.set(true)).get();
      assertThat(ran).isTrue();
      assertThat(signIns).anyMatch(signIn -> !signIn.isDone());
      for (Future<Boolean> signIn : signIns) {
        assertThat(signIn.get()).isTrue();
      }
    }
  }

  private long shortest(String secret, PasswordHash hash) {
    long shortest = Long.MAX_VALUE;
    for (int i = 0; i < 4; i++) {
      long began = System.nanoTime();
      assertThat(hasher.matches(secret, hash)).isFalse();
      shortest = Math.min(shortest, System.nanoTime() - began);
    }
    return shortest;
  }
}
