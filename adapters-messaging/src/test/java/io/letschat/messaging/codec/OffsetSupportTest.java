package io.letschat.messaging.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OffsetSupportTest {
  private static final String COMPRESSION = "permessage-deflate; client_max_window_bits";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/142.0 Safari/537.36",
        "node-XMLHttpRequest",
        "node",
        "Bun/1.2.0",
        "Deno/2.1.4",
        "okhttp/4.12.0",
        "Tea/1 CFNetwork/1568.100.1 Darwin/24.0.0"
      })
  void browsers_and_other_runtimes_of_javascript_do(String program) {
    assertThat(OffsetSupport.include(headers().set("User-Agent", program))).isTrue();
  }

  @Test
  void a_websocket_of_node_says_nothing_of_itself_but_offers_compression() {
    assertThat(OffsetSupport.include(headers().set("Sec-WebSocket-Extensions", COMPRESSION)))
        .isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "python-requests/2.28.1",
        "Python/3.12 aiohttp/3.9.1",
        "Dart/3.5 (dart:io)",
        "WebSocket++/0.8.2"
      })
  void those_that_stumble_over_it_or_are_not_known_do_not(String program) {
    assertThat(OffsetSupport.include(headers().set("User-Agent", program))).isFalse();
  }

  @Test
  void a_websocket_of_dart_offers_compression_and_does_not_all_the_same() {
    HttpHeaders dart =
        headers()
            .set("User-Agent", "Dart/3.5 (dart:io)")
            .set("Sec-WebSocket-Extensions", COMPRESSION);

    assertThat(OffsetSupport.include(dart)).isFalse();
  }

  @Test
  void a_websocket_of_python_says_nothing_at_all() {
    assertThat(OffsetSupport.include(headers())).isFalse();
  }

  private static HttpHeaders headers() {
    return new DefaultHttpHeaders();
  }
}
