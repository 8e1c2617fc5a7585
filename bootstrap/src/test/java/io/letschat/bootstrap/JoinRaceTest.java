package io.letschat.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.letschat.bootstrap.fixture.AwaitInProgram;
import io.letschat.bootstrap.fixture.ChatProcess;
import io.letschat.bootstrap.fixture.TestSocket;
import io.letschat.bootstrap.fixture.Visitor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.LongStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Joining races against sending, on the real log. */
class JoinRaceTest {
  private static final int SENDERS = 20;
  private static final int JOINS = 25;
  private static final int LISTENS = 25;

  @TempDir private Path folder;

  @Test
  void joiners_among_twenty_senders_get_ack_and_live_messages_without_a_hole_or_a_repeat()
      throws Exception {
    try (var chat =
            ChatProcess.start(
                folder, Map.of("RATE_LIMIT_MESSAGE", "off", "RATE_LIMIT_GENERAL", "off"));
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var ada = Visitor.signsUp(chat.address(), "ada");
      long room = ada.enters("tea", "secret");
      var over = new AtomicBoolean();
      List<Future<?>> senders = new ArrayList<>();
      for (int i = 0; i < SENDERS; i++) {
        senders.add(
            threads.submit(() -> {
              try (var socket = TestSocket.connect(ada)) {
                socket.joins(room);
                for (int n = 0; n < 10_000 && !over.get(); n++) {
                  socket.says(room, "message " + n);
                }
              }
            }));
      }
      try (var again = TestSocket.connect(ada)) {
        for (int i = 0; i < JOINS; i++) {
          // One socket joins again and again, over its own live messages; the other is new each
          // time.
          try (var fresh = TestSocket.connect(ada)) {
            joinsInTheMiddle(fresh, room);
          }
          joinsInTheMiddle(again, room);
        }
      } finally {
        over.set(true);
      }
      for (Future<?> sender : senders) {
        sender.get();
      }
    }
  }

  private static void joinsInTheMiddle(TestSocket socket, long room) {
    int before = socket.seqs().size();
    JsonNode ack = socket.joins(room);
    long position = ack.at("/room/last_seq").asLong();
    List<Long> replayed =
        StreamSupport.stream(ack.get("messages").spliterator(), false)
            .map(message -> message.get("seq").asLong())
            .toList();
    assertThat(replayed)
        .containsExactlyElementsOf(
            LongStream.rangeClosed(Math.max(1, position - 49), position).boxed().toList());
    AwaitInProgram.until(
        () -> socket.seqs().stream().filter(seq -> seq > position).count() >= LISTENS,
        () -> "heard " + socket.seqs());
    List<Long> live = socket.seqs();
    // What was heard until the ack belongs to the join before: it ends where this one begins, or
    // earlier.
    List<Long> old =
        live.subList(before, (int) live.stream().filter(seq -> seq <= position).count());
    assertThat(old).isSorted();
    assertThat(live.subList(before + old.size(), live.size()))
        .containsExactlyElementsOf(
            LongStream.rangeClosed(position + 1, live.getLast()).boxed().toList());
  }
}
