package io.letschat.messaging.mail;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.letschat.application.Addresses;
import io.letschat.application.account.code.CodeMail.Sending;
import io.letschat.application.sentence.Sentences;
import io.letschat.domain.account.CodePurpose;
import io.letschat.domain.account.EmailAddress;
import io.letschat.domain.account.OneTimeCode;
import io.letschat.standin.ResendStandIn;
import io.letschat.standin.ResendStandIn.Request;
import io.letschat.testkit.ManualScheduler;
import io.letschat.testkit.SettableClock;
import io.letschat.testkit.Stores;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Mails handed to a stand-in that checks them as Resend does, and fails as Resend may. */
class ResendCodeMailTest {
  private static final EmailAddress ADA = EmailAddress.of("Ada@example.org");
  private static final OneTimeCode CODE = new OneTimeCode("012345");
  private static final Duration CALL = Duration.ofMillis(500);
  private static final RetrySchedule PATIENCE =
      new RetrySchedule(
          List.of(Duration.ofMillis(1), Duration.ofMillis(1)),
          List.of(Duration.ofSeconds(10), Duration.ofSeconds(20)));

  private final ResendStandIn resend = new ResendStandIn();
  private final ManualScheduler scheduler = new ManualScheduler(new SettableClock(Stores.NOON));
  private final ResendCodeMail mail = mail(resend.address(), ResendStandIn.KEY);

  @AfterEach
  void close() {
    resend.close();
  }

  @Test
  void a_mail_is_handed_over_with_the_key_and_a_key_against_doubles() throws Exception {
    assertThat(send()).isEqualTo(Sending.SENT);

    assertThat(resend.mails()).hasSize(1);
    Request request = resend.requests().getFirst();
    assertThat(request.authorization()).isEqualTo("Bearer " + ResendStandIn.KEY);
    assertThat(request.idempotencyKey()).hasSizeGreaterThan(20);
    assertThat(request.userAgent()).startsWith("resend-java/");
    JsonNode body = new ObjectMapper().readTree(request.body());
    assertThat(body.get("from").asText()).isEqualTo("LetsChat <chat@letschat.example>");
    assertThat(body.get("to")).hasSize(1);
    assertThat(body.at("/to/0").asText()).isEqualTo("Ada@example.org");
    assertThat(body.get("subject").asText()).isNotBlank();
    assertThat(body.get("text").asText()).contains("012345").contains("10 minutes");
    assertThat(body.get("html").asText()).contains("012345").startsWith("<!doctype html>");
  }

  @Test
  void a_mail_leads_to_the_page_for_the_code_where_it_is_known_by_which_address() throws Exception {
    send();
    assertThat(resend.mails().getLast()).doesNotContain("://");

    var addresses = new Addresses("/chat", Optional.of("https://example.org/chat"));
    mail(resend.address(), ResendStandIn.KEY, addresses).send(ADA, CodePurpose.RECOVERY, CODE);

    JsonNode body = new ObjectMapper().readTree(resend.mails().getLast());
    String page = "https://example.org/chat/verify-otp?email=Ada%40example.org";
    assertThat(body.get("text").asText()).contains("Enter it at\n\n    " + page + "\n\nIf it");
    assertThat(body.get("html").asText()).contains("<a href=\"" + page + "\"");
  }

  @Test
  void two_mails_have_two_keys() {
    send();
    send();
    assertThat(resend.mails()).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(ints = {500, 502, 503, 429, 408})
  void a_failure_that_may_pass_is_tried_again_with_the_same_key(int status) {
    resend.next(new ResendStandIn.With(status, "{}"), new ResendStandIn.With(status, ""));

    assertThat(send()).isEqualTo(Sending.SENT);

    assertThat(resend.requests()).hasSize(3);
    assertThat(resend.requests().stream().map(Request::idempotencyKey).distinct()).hasSize(1);
    assertThat(resend.mails()).hasSize(1);
  }

  @Test
  void a_mail_whose_answer_got_lost_goes_out_once() {
    resend.next(new ResendStandIn.Unheard());

    assertThat(send()).isEqualTo(Sending.SENT);

    assertThat(resend.requests()).hasSizeGreaterThan(1);
    assertThat(resend.mails()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "<html>Hello!</html>", "[]", "{\"id\":7}", "\"id\"", "{\"id\":\"a"})
  void an_answer_that_is_rubbish_is_no_success(String rubbish) {
    resend.usually(new ResendStandIn.With(200, rubbish));
    assertThat(send()).isEqualTo(Sending.DELAYED);

    resend.usually(new ResendStandIn.Properly());
    scheduler.pass(Duration.ofSeconds(10));
    assertThat(resend.mails()).hasSize(1);
  }

  @Test
  void an_answer_without_end_is_not_read_to_its_end() {
    resend.next(new ResendStandIn.With(200, "x".repeat(10_000_000)));
    assertThat(send()).isEqualTo(Sending.SENT);
    assertThat(resend.requests()).hasSize(2);
  }

  @ParameterizedTest
  @CsvSource({"400", "401", "403", "404", "422", "301"})
  void a_refusal_is_final(int status) {
    resend.usually(new ResendStandIn.With(status, "{\"name\":\"validation_error\"}"));

    assertThat(send()).isEqualTo(Sending.REFUSED);

    scheduler.pass(Duration.ofMinutes(10));
    assertThat(resend.requests()).hasSize(1);
  }

  @Test
  void a_wrong_key_is_refused() {
    ResendCodeMail wrong = mail(resend.address(), "re_wrong");
    assertThat(wrong.send(ADA, CodePurpose.RECOVERY, CODE)).isEqualTo(Sending.REFUSED);
    assertThat(resend.mails()).isEmpty();
  }

  @Test
  void a_service_that_never_answers_is_waited_for_no_longer_than_the_time_it_has() {
    resend.usually(new ResendStandIn.Never());
    long begin = System.nanoTime();

    assertThat(send()).isEqualTo(Sending.DELAYED);

    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(CALL.multipliedBy(12));
    assertThat(resend.requests()).hasSize(3);
  }

  @Test
  void a_late_mail_follows_in_the_background_and_then_there_is_quiet() {
    resend.next(Collections.nCopies(4, new ResendStandIn.With(503, "")).toArray(answers()));
    assertThat(send()).isEqualTo(Sending.DELAYED);

    scheduler.pass(Duration.ofSeconds(10));
    assertThat(resend.mails()).isEmpty();
    scheduler.pass(Duration.ofSeconds(20));
    assertThat(resend.mails()).hasSize(1);
    scheduler.pass(Duration.ofMinutes(10));
    assertThat(resend.requests()).hasSize(5);
  }

  @Test
  void a_late_mail_is_given_up_before_its_code_is_worthless() {
    resend.usually(new ResendStandIn.With(503, ""));
    send();
    scheduler.pass(OneTimeCode.LIFETIME);
    assertThat(resend.requests()).hasSize(3 + PATIENCE.later().size());

    Duration longest = RetrySchedule.usual().later().stream().reduce(Duration.ZERO, Duration::plus);
    assertThat(longest).isLessThan(OneTimeCode.LIFETIME.minusMinutes(2));
  }

  @Test
  void a_late_mail_with_a_code_that_was_replaced_is_not_sent_any_more() {
    resend.next(Collections.nCopies(3, new ResendStandIn.With(503, "")).toArray(answers()));
    assertThat(send()).isEqualTo(Sending.DELAYED);

    assertThat(mail.send(ADA, CodePurpose.RECOVERY, new OneTimeCode("999999")))
        .isEqualTo(Sending.SENT);
    scheduler.pass(OneTimeCode.LIFETIME);

    assertThat(resend.mails()).hasSize(1);
    assertThat(resend.mails().getFirst()).contains("999999");
  }

  @Test
  void nobody_there_is_a_failure_that_may_pass() throws Exception {
    URI nobody;
    try (var port = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      nobody = URI.create("http://127.0.0.1:" + port.getLocalPort());
    }
    assertThat(mail(nobody, ResendStandIn.KEY).send(ADA, CodePurpose.VERIFICATION, CODE))
        .isEqualTo(Sending.DELAYED);
  }

  @Test
  void what_is_secret_does_not_show_when_it_is_written_somewhere() {
    var settings = settings(resend.address(), ResendStandIn.KEY);
    assertThat(settings.toString()).doesNotContain(ResendStandIn.KEY);
    assertThat(
            CodeMessage.of(CodePurpose.RECOVERY, CODE, Optional.empty(), Sentences.english())
                .toString())
        .doesNotContain("012345");
  }

  private Sending send() {
    return mail.send(ADA, CodePurpose.RECOVERY, CODE);
  }

  private ResendCodeMail mail(URI api, String key) {
    return mail(api, key, Addresses.AT_THE_ROOT);
  }

  private ResendCodeMail mail(URI api, String key, Addresses addresses) {
    return new ResendCodeMail(
        new ResendEmails(settings(api, key), new ResendHttp(api, CALL)),
        scheduler,
        PATIENCE,
        addresses,
        Sentences.english());
  }

  private static ResendSettings settings(URI api, String key) {
    return new ResendSettings(key, "chat@letschat.example", api);
  }

  private static ResendStandIn.Answer[] answers() {
    return new ResendStandIn.Answer[0];
  }
}
