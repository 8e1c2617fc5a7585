package io.letschat.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GatewayHeadersTest {
  @Test
  void the_pages_read_what_the_gateway_wrote() {
    HeaderLookup headers =
        Map.of(
                GatewayHeaders.CLIENT,
                "2001:db8::9",
                GatewayHeaders.DIRECT,
                "true",
                GatewayHeaders.SCHEME,
                "https",
                GatewayHeaders.HOST,
                "chat.example:8443",
                "host",
                "127.0.0.1:4711")
            ::get;

    assertThat(GatewayHeaders.client(headers)).isEqualTo(ClientAddress.parse("2001:db8::9"));
    assertThat(GatewayHeaders.isDirect(headers)).isTrue();
    assertThat(GatewayHeaders.isHttps(headers)).isTrue();
    assertThat(GatewayHeaders.host(headers)).isEqualTo("chat.example:8443");
  }

  @Test
  void without_them_nothing_is_taken_for_granted() {
    HeaderLookup headers = Map.of("host", "chat.example")::get;

    assertThat(GatewayHeaders.client(headers)).isEmpty();
    assertThat(GatewayHeaders.isDirect(headers)).isFalse();
    assertThat(GatewayHeaders.isHttps(headers)).isFalse();
    assertThat(GatewayHeaders.host(headers)).isEqualTo("chat.example");
    assertThat(GatewayHeaders.host(name -> null)).isEmpty();
  }

  @Test
  void only_the_secret_of_this_start_opens() {
    var secret = GatewaySecret.random(new SecureRandom());

    assertThat(secret.isShownIn(Map.of(GatewayHeaders.SECRET, secret.value())::get)).isTrue();
    assertThat(secret.isShownIn(Map.of(GatewayHeaders.SECRET, secret.value() + "x")::get))
        .isFalse();
    assertThat(secret.isShownIn(name -> null)).isFalse();
    assertThat(secret.toString()).doesNotContain(secret.value());
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      textBlock =
          """
          Bearer abc,   abc
          bearer  abc , abc
          BEARER abc,   abc
          Basic abc,    -
          Bearer,       -
          -,            -
          """)
  void the_token_stands_behind_the_word_bearer(String header, String token) {
    assertThat(BearerToken.of(header).orElse(null)).isEqualTo(token);
  }

  @ParameterizedTest
  @CsvSource({"0, 1", "1, 1", "1000, 1", "1001, 2", "59999, 60"})
  void waits_are_rounded_up_to_seconds(long millis, long seconds) {
    assertThat(RetryAfter.seconds(Duration.ofMillis(millis))).isEqualTo(seconds);
  }
}
