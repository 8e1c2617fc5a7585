package io.letschat.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.letschat.bootstrap.fixture.AwaitInProgram;
import io.letschat.bootstrap.fixture.ChatProcess;
import io.letschat.bootstrap.lifecycle.ShutdownStack;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Netty logged a RejectedExecutionException with all its frames, and nothing was wrong. */
class StoppedWhileStartingTest {
  @TempDir private Path folder;

  @Test
  void a_program_that_is_stopped_while_it_starts_says_so_and_nothing_else() throws Exception {
    try (var chat = ChatProcess.starting(folder, Map.of(), Main.class)) {
      AwaitInProgram.until(
          Duration.ofMinutes(2), () -> chat.log().contains("migrations applied"), chat::log);
      assertThat(chat.stop()).isEqualTo(143);
      assertThat(chat.log()).contains("stopped").doesNotContain("Exception", "ERROR", "\tat ");
    }
  }

  @Test
  void nothing_is_closed_during_a_step_and_no_step_begins_once_all_is_closed() throws Exception {
    var closings = new ShutdownStack();
    List<String> order = new CopyOnWriteArrayList<>();
    var begun = new CountDownLatch(1);
    closings.add("loops", () -> order.add("loops closed"));
    var stopping =
        Thread.ofPlatform()
            .unstarted(() -> {
              begun.countDown();
              closings.close();
            });
    closings.undisturbed(() -> {
      stopping.start();
      try {
        begun.await();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
      AwaitInProgram.until(
          () -> stopping.getState() == Thread.State.BLOCKED, () -> "it does not wait");
      order.add("port opened");
      closings.add("port", () -> order.add("port closed"));
    });
    stopping.join();

    assertThat(order).containsExactly("port opened", "port closed", "loops closed");
    assertThatThrownBy(() -> closings.undisturbed(() -> order.add("too late")))
        .hasMessage("stopped while starting");
  }
}
