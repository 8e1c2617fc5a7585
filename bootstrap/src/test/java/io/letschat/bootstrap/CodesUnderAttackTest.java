package io.letschat.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import io.letschat.bootstrap.fixture.AwaitInProgram;
import io.letschat.bootstrap.fixture.ChatProcess;
import io.letschat.bootstrap.fixture.TestSocket;
import io.letschat.bootstrap.fixture.Visitor;
import io.letschat.standin.ResendStandIn;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntUnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Codes and addresses against somebody who guesses, with the program as a process. */
class CodesUnderAttackTest {
  private static final Pattern LOGGED_CODE = Pattern.compile("mailed the code for .*: ([0-9]{6})");
  private static final String ADA = "ada@example.org";
  private static final String NOBODY = "eve@example.org";

  @TempDir private Path folder;

  private final HttpClient http =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();

  @AfterEach
  void close() {
    http.close();
  }

  @Test
  void no_more_than_five_tries_reach_a_code_from_many_addresses_in_parallel() throws Exception {
    // Without the limits, so that the code has nothing but its own count.
    var settings =
        Map.of(
            "TRUST_PROXY", "127.0.0.1",
            "RATE_LIMIT_OTP_VERIFY", "off",
            "RATE_LIMIT_FORGOT_PASSWORD", "off");
    try (var chat = ChatProcess.start(folder, settings)) {
      Visitor.signsUp(chat.address(), "ada");
      for (int round = 1; round <= 5; round++) {
        int code = requestCode(chat, round);
        List<Integer> statuses = guessAtOnce(chat, 60, i -> (code + 1 + i) % 1_000_000);
        assertThat(statuses).hasSize(60).containsOnly(400);
        assertThat(guess(chat, ADA, code, "198.51.100.1")).isEqualTo(400);
      }
      int code = requestCode(chat, 6);
      assertThat(guessAtOnce(chat, 4, i -> (code + 1 + i) % 1_000_000)).containsOnly(400);
      assertThat(guess(chat, ADA, code, "198.51.100.1")).isEqualTo(200);
    }
  }

  @Test
  void guesses_for_one_address_are_limited_whoever_sends_them_and_whether_it_is_known()
      throws Exception {
    try (var chat = ChatProcess.start(folder, Map.of("TRUST_PROXY", "127.0.0.1"))) {
      Visitor.signsUp(chat.address(), "ada");
      for (String email : List.of(ADA, NOBODY)) {
        List<Integer> statuses = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
          statuses.add(guess(chat, email, i, "203.0.113." + i));
        }
        assertThat(statuses).containsExactly(400, 400, 400, 400, 400, 429, 429, 429);
      }
    }
  }

  /** Sockets counted whole addresses, of which one network has more than anybody can count. */
  @Test
  void the_passwords_that_sockets_try_are_counted_by_the_network_of_an_ipv6_address()
      throws Exception {
    try (var chat = ChatProcess.start(folder, Map.of("TRUST_PROXY", "127.0.0.1"))) {
      long room = Visitor.signsUp(chat.address(), "ada").enters("tea", "secret");
      List<String> outcomes = new ArrayList<>();
      for (int i = 0; i < 12; i++) {
        Visitor guest = Visitor.signsUp(chat.address(), "guest" + i);
        try (var socket = TestSocket.connectFrom(guest, "2001:db8:0:" + i / 11 + "::" + i)) {
          outcomes.add(
              socket
                  .ask("join room", Map.of("room_id", room, "password", "guess " + i))
                  .at("/error/code")
                  .asText());
        }
      }
      assertThat(outcomes.subList(0, 10)).containsOnly("wrong_room_password");
      assertThat(outcomes.subList(10, 12)).containsExactly("rate_limited", "wrong_room_password");
    }
  }

  @Test
  void a_service_that_does_not_answer_delays_nobody_who_forgot_the_password() throws Exception {
    try (var resend = new ResendStandIn();
        var chat =
            ChatProcess.start(
                folder,
                Map.of(
                    "RESEND_API_KEY",
                    ResendStandIn.KEY,
                    "RESEND_API_URL",
                    resend.address().toString()))) {
      resend.usually(new ResendStandIn.Never());
      var ada = Visitor.signsUp(chat.address(), "ada");
      long begin = System.nanoTime();
      assertThat(forget(chat, ADA)).isEqualTo(200);
      assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(3));
      AwaitInProgram.until(() -> !resend.requests().isEmpty(), () -> "nothing was sent");

      // Who waits for the mail is told that it is late, and gets it when the service is back.
      resend.usually(new ResendStandIn.With(503, "<html>busy 012345</html>"));
      Visitor.Response late = ada.post("/api/auth/requestOTP", Map.of());
      assertThat(late.status()).isEqualTo(202);
      resend.usually(new ResendStandIn.Properly());
      AwaitInProgram.until(
          Duration.ofSeconds(30),
          () -> resend.mails().stream().anyMatch(mail -> mail.contains("verify this address")),
          () -> "mails: " + resend.mails().size());
      assertThat(chat.log()).doesNotContain(ResendStandIn.KEY, "busy");
      for (String mail : resend.mails()) {
        Matcher code = Pattern.compile("\\\\n +([0-9]{6})\\\\n").matcher(mail);
        assertThat(code.find()).isTrue();
        assertThat(chat.log()).doesNotContain(code.group(1));
      }
    }
  }

  @Test
  void codes_are_shown_in_development_and_never_in_production() throws Exception {
    try (var chat = ChatProcess.start(folder, Map.of())) {
      Visitor.signsUp(chat.address(), "ada");
      int code = requestCode(chat, 1);
      assertThat(get(chat, "/dev/mailbox")).contains(ADA).contains(digits(code));
    }
    var production =
        Map.of(
            "NODE_ENV", "production",
            "HOST", "127.0.0.1",
            "JWT_SECRET", "a-jwt-secret-for-this-test-alone-0123456789",
            "SESSION_SECRET", "a-session-secret-for-this-test-alone-0123456789",
            "RESEND_API_KEY", "re_your_resend_api_key");
    try (var chat = ChatProcess.start(folder, production)) {
      Visitor.Response refused =
          Visitor.send(
              chat.address(), "POST", "/api/auth/forgetPassword", "", Map.of("email", ADA));
      assertThat(refused.status()).isEqualTo(503);
      assertThat(refused.body().get("code").asText()).isEqualTo("mail_unavailable");
      assertThat(get(chat, "/dev/mailbox")).doesNotContain(ADA).contains("There is nothing here");
      assertThat(chat.log()).doesNotContainPattern(LOGGED_CODE);
    }
  }

  /**
   * The medians of 300 interleaved calls each. What is compared takes about as long as bcrypt for
   * the one, and next to nothing for the other.
   */
  @Test
  @Tag("long")
  void the_time_of_an_answer_does_not_tell_whether_an_address_is_known() throws Exception {
    var settings =
        Map.of(
            "RATE_LIMIT_LOGIN", "off",
            "RATE_LIMIT_FORGOT_PASSWORD", "off",
            "RATE_LIMIT_OTP_VERIFY", "off");
    try (var chat = ChatProcess.start(folder, settings)) {
      Visitor.signsUp(chat.address(), "ada");
      interleaved(40, email -> logIn(chat, email));
      interleaved(40, email -> forget(chat, email));
      assertAlike("login", interleaved(300, email -> logIn(chat, email)));
      assertAlike("forgetPassword", interleaved(300, email -> forget(chat, email)));
      assertAlike("verifyOTP", interleaved(300, email -> guess(chat, email, 123_456, "127.0.0.1")));
    }
  }

  private interface Call {
    int on(String email) throws Exception;
  }

  private record Medians(double knownMillis, double unknownMillis) {}

  private static Medians interleaved(int times, Call call) throws Exception {
    List<Long> known = new ArrayList<>();
    List<Long> unknown = new ArrayList<>();
    for (int i = 0; i < times; i++) {
      // Now the one first, now the other: whatever drifts, drifts for both.
      for (int turn = 0; turn < 2; turn++) {
        boolean first = (i + turn) % 2 == 0;
        long begin = System.nanoTime();
        call.on(first ? ADA : NOBODY);
        (first ? known : unknown).add(System.nanoTime() - begin);
      }
    }
    return new Medians(median(known), median(unknown));
  }

  private static double median(List<Long> nanos) {
    List<Long> sorted = nanos.stream().sorted().toList();
    return sorted.get(sorted.size() / 2) / 1e6;
  }

  private static void assertAlike(String what, Medians medians) {
    System.out.printf(
        Locale.ROOT,
        "%s: known %.2f ms, unknown %.2f ms%n",
        what,
        medians.knownMillis,
        medians.unknownMillis);
    double apart = Math.abs(medians.knownMillis - medians.unknownMillis);
    assertThat(apart)
        .as("%s: %s", what, medians)
        .isLessThan(Math.max(3, 0.05 * Math.min(medians.knownMillis, medians.unknownMillis)));
  }

  private int logIn(ChatProcess chat, String email) throws Exception {
    return post(
        chat,
        "/api/auth/login",
        "{\"email\":\"" + email + "\",\"password\":\"not the password\"}",
        "127.0.0.1");
  }

  private int forget(ChatProcess chat, String email) throws Exception {
    return post(chat, "/api/auth/forgetPassword", "{\"email\":\"" + email + "\"}", "127.0.0.1");
  }

  private int requestCode(ChatProcess chat, int howManyThen) throws Exception {
    assertThat(forget(chat, ADA)).isEqualTo(200);
    List<String> codes = new ArrayList<>();
    AwaitInProgram.until(
        () -> {
          codes.clear();
          Matcher found = LOGGED_CODE.matcher(chat.log());
          while (found.find()) {
            codes.add(found.group(1));
          }
          return codes.size() == howManyThen;
        },
        chat::log);
    return Integer.parseInt(codes.getLast());
  }

  private List<Integer> guessAtOnce(ChatProcess chat, int many, IntUnaryOperator codes)
      throws Exception {
    List<Callable<Integer>> guesses = new ArrayList<>();
    for (int i = 0; i < many; i++) {
      int number = i;
      guesses.add(() -> guess(chat, ADA, codes.applyAsInt(number), "203.0.113." + number));
    }
    List<Integer> statuses = new ArrayList<>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Integer> status : threads.invokeAll(guesses)) {
        statuses.add(status.get());
      }
    }
    return statuses;
  }

  private int guess(ChatProcess chat, String email, int code, String from) throws Exception {
    return post(
        chat,
        "/api/auth/verifyOTP",
        "{\"email\":\"%s\",\"otp\":\"%s\",\"newPassword\":\"a stolen account\"}"
            .formatted(email, digits(code)),
        from);
  }

  private static String digits(int code) {
    return String.format(Locale.ROOT, "%06d", code);
  }

  private int post(ChatProcess chat, String path, String body, String from)
      throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(URI.create(chat.address() + path))
            .timeout(Duration.ofSeconds(30))
            .header("Content-Type", "application/json")
            .header("X-Forwarded-For", from)
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
  }

  private String get(ChatProcess chat, String path) throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(URI.create(chat.address() + path))
            .timeout(Duration.ofSeconds(30))
            .build();
    return http.send(request, HttpResponse.BodyHandlers.ofString()).body();
  }
}
