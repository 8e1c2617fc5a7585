package io.letschat.bootstrap.logging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.letschat.bootstrap.fixture.AwaitInProgram;
import io.letschat.bootstrap.fixture.ChatProcess;
import io.letschat.bootstrap.fixture.SentryStandIn;
import io.letschat.bootstrap.settings.SentryDsn;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

class SentryReportsTest {
  private static final Logger log = LoggerFactory.getLogger(SentryReportsTest.class);

  @TempDir private Path folder;

  @Test
  void what_looks_like_an_address_or_a_token_is_taken_out() throws Exception {
    try (var sentry = SentryStandIn.start()) {
      try (var reports = SentryReports.to(SentryDsn.parse(sentry.dsn()), true)) {
        log.info("nobody hears of this");
        MDC.put("room_id", "106");
        MDC.put("username", "nobody");
        log.error(
            "the mail to {} is late",
            "ada@example.org",
            new IllegalStateException(
                "for <bea@example.org> with Bearer abc.def and"
                    + " eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl"));
        AwaitInProgram.until(
            Duration.ofSeconds(60), () -> !sentry.events().isEmpty(), () -> "no report came");
      } finally {
        MDC.clear();
      }

      assertThat(sentry.events()).hasSize(1);
      assertThat(sentry.envelopes().getFirst())
          .contains("the mail to (address) is late", "for <(address)> with Bearer (token)")
          .doesNotContain("example.org", "abc.def", "eyJ", "nobody");
      JsonNode event = sentry.events().getFirst();
      assertThat(event.path("level").asText()).isEqualTo("error");
      assertThat(event.path("logger").asText()).isEqualTo(SentryReportsTest.class.getName());
      assertThat(event.path("tags").path("room_id").asText()).isEqualTo("106");
      JsonNode exception = event.path("exception").path("values").path(0);
      assertThat(exception.path("type").asText()).isEqualTo("IllegalStateException");
      assertThat(exception.path("stacktrace").path("frames").toString())
          .contains("what_looks_like_an_address_or_a_token_is_taken_out");
    }
  }

  @Test
  void a_sentry_that_never_answers_costs_nobody_anything() throws Exception {
    try (var silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      String dsn = "http://key@127.0.0.1:" + silent.getLocalPort() + "/1";
      long began = System.nanoTime();
      try (var reports = SentryReports.to(SentryDsn.parse(dsn), true)) {
        for (int i = 0; i < 60; i++) {
          log.error("error {}", i, new IllegalStateException("number " + i));
        }
      }
      // One after the other they would have taken 60 times three seconds; and by itself the library
      // keeps a process that ends waiting for 15 s.
      assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(10));
    }
  }

  @Test
  void a_malformed_dsn_stops_the_start_with_a_sentence() throws Exception {
    ChatProcess.Ended ended = ChatProcess.run(folder, Map.of("SENTRY_DSN", "yes"), "migrate");

    assertThat(ended.code()).isEqualTo(1);
    assertThat(ended.output())
        .contains("SENTRY_DSN: is what Sentry shows as the DSN of a project")
        .doesNotContain("Exception");
    for (String malformed :
        List.of(
            "https://sentry.example.org/42",
            "https://key@sentry.example.org/",
            "https://key@sentry.example.org/42?a=b",
            "ftp://key@sentry.example.org/42",
            "https://key@/42")) {
      assertThatThrownBy(() -> SentryDsn.parse(malformed))
          .as(malformed)
          .isInstanceOf(IllegalArgumentException.class);
    }
  }
}
