package io.letschat.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.letschat.bootstrap.fixture.AwaitInProgram;
import io.letschat.bootstrap.fixture.ChatProcess;
import io.letschat.bootstrap.fixture.TestCluster;
import io.letschat.bootstrap.fixture.TestSocket;
import io.letschat.bootstrap.fixture.Visitor;
import io.letschat.standin.FaultyTcpProxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Redis was stopped by SIGSTOP while the owner removed somebody at one node, and another's sessions
 * were revoked; two and a half minutes after Redis went on both still heard everything at another
 * node, and the revoked one still sent. The publisher had thrown the news away, and the other node,
 * whose own connection never broke, had no reason to look.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RevocationBoundsTest {
  private static final Duration AFTER_POSTGRES = Duration.ofSeconds(10);

  /** What is the matter with Redis, and how soon who was let go must be gone all the same. */
  private enum Trouble {
    NONE(2),
    STOPPED(5),
    KILLED(5),
    RESTARTED(5),
    FULL(5);

    private final Duration bound;

    Trouble(int seconds) {
      bound = Duration.ofSeconds(seconds);
    }
  }

  @TempDir static Path folder;
  private TestCluster testCluster;

  @BeforeAll
  void start() throws Exception {
    testCluster =
        TestCluster.start(
            folder, 2, Map.of("RATE_LIMIT_OTP_VERIFY", "off", "RATE_LIMIT_FORGOT_PASSWORD", "off"));
  }

  @AfterAll
  void stop() {
    if (testCluster != null) {
      testCluster.close();
    }
  }

  @ParameterizedTest
  @EnumSource
  void who_was_removed_revoked_or_reset_is_gone_everywhere_in_time(Trouble trouble)
      throws Exception {
    Visitor owner = signsUp("owner", trouble);
    Visitor removed = signsUp("removed", trouble);
    Visitor revoked = signsUp("revoked", trouble);
    Visitor reset = signsUp("reset", trouble);
    long room = owner.enters("room " + trouble, "secret");
    List.of(removed, revoked, reset).forEach(each -> each.enters("room " + trouble, "secret"));
    String code = resetCode(reset);
    try (var removeds = TestSocket.connect(testCluster.at(1, removed));
        var revokeds = TestSocket.connect(testCluster.at(1, revoked));
        var resets = TestSocket.connect(testCluster.at(1, reset));
        var owners = TestSocket.connect(testCluster.at(1, owner))) {
      List.of(removeds, revokeds, resets, owners).forEach(socket -> socket.joins(room));
      begin(trouble);

      assertThat(owner.delete("/api/rooms/" + room + "/members/" + removed.userId()).status())
          .isEqualTo(204);
      assertThat(revoked.post("/api/sessions/revokeAll", Map.of()).status()).isEqualTo(200);
      assertThat(
              reset
                  .post(
                      "/api/auth/verifyOTP",
                      Map.of(
                          "email",
                          reset.name() + "@example.org",
                          "otp",
                          code,
                          "newPassword",
                          "another password"))
                  .status())
          .isEqualTo(200);
      long ended = System.nanoTime();
      if (trouble == Trouble.RESTARTED) {
        testCluster.redis().startAgain();
      }

      AwaitInProgram.until(
          () -> !revokeds.disconnects().isEmpty(), () -> "the revoked is connected");
      AwaitInProgram.until(() -> !resets.disconnects().isEmpty(), () -> "the reset is connected");
      removeds.awaits("chat error", 1);
      assertThat(Duration.ofNanos(System.nanoTime() - ended)).isLessThan(trouble.bound);

      if (trouble == Trouble.FULL) {
        assertThat(testCluster.node(0).isReady()).isFalse();
        // It was refused as too often.
        assertThat(owner.post("/api/auth/requestOTP", Map.of()).status()).isEqualTo(503);
      }
      owners.says(room, "among ourselves");
      owners.awaits("new message", 1);
      JsonNode refused =
          removeds.ask("send message", Map.of("room_id", room, "content", "still here?"));
      assertThat(refused.get("ok").asBoolean()).isFalse();
      assertThat(removeds.messages()).isEmpty();
      assertThat(owners.disconnects()).isEmpty();
    } finally {
      end(trouble);
    }
  }

  private void begin(Trouble trouble) throws Exception {
    switch (trouble) {
      case NONE -> {}
      case STOPPED -> testCluster.redis().pause();
      case KILLED, RESTARTED -> testCluster.redis().kill();
      case FULL -> testCluster.redis().tell("CONFIG SET maxmemory 1");
    }
  }

  private void end(Trouble trouble) throws Exception {
    switch (trouble) {
      case NONE, RESTARTED -> {}
      case STOPPED -> testCluster.redis().goOn();
      case KILLED -> testCluster.redis().startAgain();
      case FULL -> testCluster.redis().tell("CONFIG SET maxmemory 0");
    }
    AwaitInProgram.until(
        Duration.ofSeconds(30),
        () -> testCluster.node(0).isReady() && testCluster.node(1).isReady(),
        () -> "not ready again");
  }

  @Test
  void while_postgres_is_silent_nobody_is_let_go_or_let_in_and_afterwards_the_ended_are_gone()
      throws Exception {
    Visitor stays = Visitor.signsUp(testCluster.node(0).address(), "stays");
    Visitor goes = Visitor.signsUp(testCluster.node(0).address(), "goes");
    try (var proxy = new FaultyTcpProxy(testCluster.postgresPort());
        var late = testCluster.startNode(testCluster.redis().url(), proxy.port());
        var staying = TestSocket.connect(at(late, stays));
        var going = TestSocket.connect(at(late, goes))) {
      proxy.fallSilent();
      testCluster.redis().pause();
      assertThat(goes.post("/api/sessions/revokeAll", Map.of()).status()).isEqualTo(200);
      assertThat(lookIn(late, stays)).isFalse();
      assertThat(staying.isConnected()).isTrue();

      proxy.mend();
      long mended = System.nanoTime();
      AwaitInProgram.until(() -> !going.disconnects().isEmpty(), () -> "still connected");
      assertThat(Duration.ofNanos(System.nanoTime() - mended)).isLessThan(AFTER_POSTGRES);
      assertThat(staying.disconnects()).isEmpty();
    } finally {
      testCluster.redis().goOn();
    }
  }

  /** Whether a socket that is new is let in within some seconds. */
  private static boolean lookIn(ChatProcess node, Visitor visitor) {
    try (var socket = TestSocket.tryToConnect(node.address(), visitor.token(), "websocket")) {
      return socket.outcome().equals("connected");
    } catch (AssertionError noAnswer) {
      return false;
    }
  }

  private Visitor signsUp(String name, Trouble trouble) {
    return Visitor.signsUp(testCluster.node(0).address(), name + trouble.ordinal());
  }

  private static Visitor at(ChatProcess node, Visitor visitor) {
    return new Visitor(node.address(), visitor.name(), visitor.token(), visitor.userId());
  }

  private static String resetCode(Visitor visitor) {
    String address = visitor.name() + "@example.org";
    assertThat(visitor.post("/api/auth/forgetPassword", Map.of("email", address)).status())
        .isEqualTo(200);
    // Signing up may have mailed another code, which verifies the address.
    Pattern code = Pattern.compile("class=\"code\">([0-9]{6})<");
    String[] found = {""};
    AwaitInProgram.until(
        () -> {
          var page = new String(visitor.fetches("/dev/mailbox").body(), StandardCharsets.UTF_8);
          for (String mail : page.split("<li ")) {
            var match = code.matcher(mail);
            if (mail.contains(address) && mail.contains("For a new password") && match.find()) {
              found[0] = match.group(1);
            }
          }
          return !found[0].isEmpty();
        },
        () -> "no code was mailed");
    return found[0];
  }
}
