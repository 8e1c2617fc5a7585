package io.letschat.persistence.postgres.message;

import static io.letschat.persistence.postgres.message.TwoNodes.message;
import static org.assertj.core.api.Assertions.assertThat;

import io.letschat.application.delivery.MessageLog.Appended;
import io.letschat.application.delivery.MessageLog.AppendedBefore;
import io.letschat.application.delivery.MessageLog.NotAppended;
import io.letschat.application.delivery.MessageLog.OutcomeUnknown;
import io.letschat.application.delivery.MessageLog.SessionEnded;
import io.letschat.domain.message.Message;
import io.letschat.domain.message.Seq;
import io.letschat.domain.room.Member;
import io.letschat.embeddedpostgres.EmbeddedPostgres;
import io.letschat.persistence.Await;
import io.letschat.persistence.postgres.TestDatabase;
import io.letschat.persistence.postgres.embedded.EmbeddedDatabase;
import io.letschat.testkit.Stores;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Tag("long")
@Timeout(120)
class ServerKilledTest {
  private static final int SENDERS = 8;
  private static final int EACH = 100;

  @TempDir Path data;

  @Test
  void what_was_acked_is_there_once_and_in_its_place_after_the_server_was_killed()
      throws Exception {
    try (EmbeddedPostgres server = EmbeddedDatabase.start(data);
        TestDatabase database = TestDatabase.on(server.address());
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Stores stores = database.stores();
      Member member = stores.roomAndOwner();
      AtomicInteger unknown = new AtomicInteger();
      List<Future<List<Message>>> senders = new ArrayList<>();
      for (int s = 0; s < SENDERS; s++) {
        int sender = s;
        senders.add(threads.submit(() -> send(stores, member, sender, unknown)));
      }
      Await.until(
          "some were sent",
          () -> stores.log().head(member.room().id()).last().value() > SENDERS * EACH / 4);
      ProcessHandle.of(server.pid()).orElseThrow().destroyForcibly();

      List<Message> acked = new ArrayList<>();
      for (Future<List<Message>> sender : senders) {
        acked.addAll(sender.get());
      }
      assertThat(unknown).hasPositiveValue();
      List<Message> kept = stores.log().after(member.room().id(), Seq.NONE, 100_000);
      assertThat(kept).containsExactlyInAnyOrderElementsOf(acked);
      assertThat(TwoNodes.seqs(kept)).containsExactlyElementsOf(TwoNodes.upTo(SENDERS * EACH));
    }
  }

  private static List<Message> send(
      Stores stores, Member member, int sender, AtomicInteger unknown) {
    List<Message> acked = new ArrayList<>();
    int tries = 0;
    while (acked.size() < EACH && tries++ < 100_000) {
      String id = sender + "/" + acked.size();
      switch (stores.log().append(message(member, id, id))) {
        case Appended(var message) -> acked.add(message);
        case AppendedBefore(var message) -> acked.add(message);
        case OutcomeUnknown() -> unknown.incrementAndGet();
        case SessionEnded() -> throw new AssertionError("the session is lost");
        case NotAppended() -> throw new AssertionError("the member is lost");
      }
    }
    return acked;
  }
}
