package io.letschat.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two nodes, one of which hears only some of what the other publishes. */
class LossyRelayTest {
  private static final int MESSAGES = 60;

  @TempDir private Path folder;

  @Test
  void whatever_the_relay_loses_everybody_gets_everything_once_and_in_order() throws Exception {
    try (var cluster = Cluster.start(folder, 1);
        var way = new LossyRedis(cluster.redis().port())) {
      cluster.startNode(way.url());
      var ada = Visitor.signsUp(cluster.node(0).address(), "ada");
      var bob = Visitor.signsUp(cluster.node(1).address(), "bob");
      for (int percent : List.of(1, 10, 50, 100)) {
        String name = "loses " + percent;
        long room = ada.enters(name, "secret");
        bob.enters(name, "secret");
        try (var adas = TestSocket.connect(ada);
            var bobs = TestSocket.connect(bob)) {
          adas.joins(room);
          bobs.joins(room);
          way.loses(percent);
          for (int i = 0; i < MESSAGES; i++) {
            adas.says(room, "message " + i);
          }
          long begin = System.nanoTime();
          bobs.awaits("new message", MESSAGES);
          Duration healing = Duration.ofNanos(System.nanoTime() - begin);

          assertThat(bobs.seqs())
              .containsExactlyElementsOf(LongStream.rangeClosed(1, MESSAGES).boxed().toList());
          assertThat(way.lost() + way.passed()).isPositive();
          if (percent == 100) {
            assertThat(way.passed()).isZero();
          }
          System.out.println(
              percent
                  + " % lost ("
                  + way.lost()
                  + " messages): complete "
                  + healing.toMillis()
                  + " ms after the last ack");
        }
      }
    }
  }
}
