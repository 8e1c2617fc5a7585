package io.letschat.persistence.credential;

import static org.assertj.core.api.Assertions.assertThat;

import com.auth0.jwt.JWT;
import com.auth0.jwt.JWTCreator;
import com.auth0.jwt.algorithms.Algorithm;
import io.letschat.domain.account.AccountId;
import io.letschat.domain.account.Device;
import io.letschat.domain.account.Session;
import io.letschat.domain.account.SessionId;
import io.letschat.domain.account.UserId;
import io.letschat.testkit.SettableClock;
import io.letschat.testkit.Stores;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class JwtSessionTokensTest {
  private static final String SECRET = "a secret of the right length for HMAC-SHA-256";
  private static final Session SESSION =
      new Session(
          new SessionId("abcdefghijklmnopqrstuvwx"),
          new AccountId(1),
          new UserId(2),
          Device.of("", "192.0.2.1"),
          Stores.NOON,
          Stores.NOON.plus(Session.LIFETIME));

  private final SettableClock clock = new SettableClock(Stores.NOON);
  private final JwtSessionTokens tokens = new JwtSessionTokens(SECRET, clock);

  @Test
  void a_token_names_its_session_until_it_expires() {
    String token = tokens.issue(SESSION);
    assertThat(tokens.read(token)).contains(SESSION.id());
    clock.advance(Session.LIFETIME.minusMillis(1));
    assertThat(tokens.read(token)).contains(SESSION.id());
    clock.advance(Duration.ofMillis(1));
    assertThat(tokens.read(token)).isEmpty();
  }

  @Test
  void a_token_of_a_node_whose_clock_is_ahead_is_good() {
    String token = tokens.issue(SESSION);
    clock.advance(Duration.ofSeconds(-30));
    assertThat(tokens.read(token)).contains(SESSION.id());
  }

  @Test
  void a_token_that_another_key_has_signed_is_no_good() {
    assertThat(new JwtSessionTokens(SECRET + "!", clock).read(tokens.issue(SESSION))).isEmpty();
  }

  @Test
  void a_token_is_good_for_nothing_else_than_its_session() {
    String payload = payload(tokens.issue(SESSION));
    assertThat(payload).contains(SESSION.id().value()).doesNotContain("email");
  }

  static Stream<Arguments> foreign() {
    Algorithm ours = Algorithm.HMAC256(SECRET);
    return Stream.of(
        foreign("of another issuer", jwt -> jwt.withIssuer("somebody"), ours),
        foreign("without an issuer", jwt -> jwt.withIssuer((String) null), ours),
        foreign("for another audience", jwt -> jwt.withAudience("somebody"), ours),
        foreign("without an audience", jwt -> jwt.withAudience((String[]) null), ours),
        foreign("without an end", jwt -> jwt.withExpiresAt((java.util.Date) null), ours),
        foreign("expired", jwt -> jwt.withExpiresAt(Stores.NOON.minusSeconds(1)), ours),
        foreign("expiring now", jwt -> jwt.withExpiresAt(Stores.NOON), ours),
        foreign("not good yet", jwt -> jwt.withNotBefore(Stores.NOON.plusSeconds(60)), ours),
        foreign("without a session", jwt -> jwt.withClaim("sid", (String) null), ours),
        foreign("with a session of another shape", jwt -> jwt.withClaim("sid", "1"), ours),
        foreign("with a number for a session", jwt -> jwt.withClaim("sid", 1), ours),
        foreign("with a map for a session", jwt -> jwt.withClaim("sid", Map.of()), ours),
        foreign("with another algorithm", UnaryOperator.identity(), Algorithm.HMAC512(SECRET)),
        foreign("with no signature", UnaryOperator.identity(), Algorithm.none()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("foreign")
  void a_token_that_is_not_ours_is_no_good(String what, String token) {
    assertThat(tokens.read(token)).as(what).isEmpty();
  }

  @Test
  void the_token_that_the_foreign_ones_vary_is_good() {
    assertThat(tokens.read(ours().sign(Algorithm.HMAC256(SECRET)))).contains(SESSION.id());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ".",
        "..",
        "...",
        "a.b.c",
        "null",
        "Bearer x",
        "{}",
        "e30.e30.",
        "e30.e30.e30",
        "eyJhbGciOiJub25lIn0.e30.",
        "\u0000",
        "\ud800",
        "é.é.é",
        "eyJhbGciOiJIUzI1NiJ9.bnVsbA.AA"
      })
  void garbage_is_no_good(String garbage) {
    assertThat(tokens.read(garbage)).isEmpty();
  }

  @Test
  void a_huge_token_is_not_even_read() {
    assertThat(tokens.read("a".repeat(10_000_000))).isEmpty();
    assertThat(tokens.read(tokens.issue(SESSION) + "A".repeat(2_000))).isEmpty();
  }

  @Test
  void a_token_with_any_character_changed_is_no_good() {
    String token = tokens.issue(SESSION);
    Random random = new Random(7);
    String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.";
    // The last character of a signature has bits that mean nothing.
    for (int i = 0; i < token.length() - 1; i++) {
      char other = alphabet.charAt(random.nextInt(alphabet.length()));
      if (other != token.charAt(i)) {
        String changed = token.substring(0, i) + other + token.substring(i + 1);
        assertThat(tokens.read(changed)).as("changed at %d: %s", i, changed).isEmpty();
      }
    }
  }

  @Test
  void a_payload_put_into_a_signed_token_is_no_good() {
    String[] parts = tokens.issue(SESSION).split("\\.");
    String other = payload(String.join(".", parts)).replace("abcdefgh", "ABCDEFGH");
    String forged =
        parts[0]
            + "."
            + Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(other.getBytes(StandardCharsets.UTF_8))
            + "."
            + parts[2];
    assertThat(tokens.read(forged)).isEmpty();
    assertThat(Arrays.asList(parts)).hasSize(3);
  }

  private static Arguments foreign(
      String what, UnaryOperator<JWTCreator.Builder> change, Algorithm algorithm) {
    return Arguments.of(what, change.apply(ours()).sign(algorithm));
  }

  private static JWTCreator.Builder ours() {
    return JWT.create()
        .withIssuer("letschat")
        .withAudience("letschat")
        .withClaim("sid", SESSION.id().value())
        .withExpiresAt(SESSION.expiresAt());
  }

  private static String payload(String token) {
    return new String(Base64.getUrlDecoder().decode(token.split("\\.")[1]), StandardCharsets.UTF_8);
  }
}
