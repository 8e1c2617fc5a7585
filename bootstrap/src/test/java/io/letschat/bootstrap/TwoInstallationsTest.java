package io.letschat.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import io.letschat.bootstrap.fixture.ChatProcess;
import io.letschat.bootstrap.fixture.PreparedData;
import io.letschat.bootstrap.fixture.TestSocket;
import io.letschat.bootstrap.fixture.Visitor;
import io.letschat.embeddedpostgres.EmbeddedPostgres;
import io.letschat.persistence.postgres.embedded.EmbeddedDatabase;
import io.letschat.standin.RedisServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two installations on one Redis mixed their rooms, which have the same numbers, also where each
 * had a database of Redis of its own: channels know no databases.
 */
class TwoInstallationsTest {
  @TempDir private Path folder;

  @Test
  void one_with_the_channels_of_another_does_not_start_and_with_its_own_they_share_nothing()
      throws Exception {
    try (var redis = RedisServer.start(folder);
        var postgres = EmbeddedDatabase.start(PreparedData.at(folder.resolve("postgres")));
        // Not a copy of the first one, which would be the same installation.
        var secondPostgres = EmbeddedDatabase.start(folder.resolve("second-postgres"));
        var first = ChatProcess.start(home("first"), settings(postgres, redis.url() + "/0"))) {
      Map<String, String> second = settings(secondPostgres, redis.url() + "/7");
      ChatProcess.Ended refused = ChatProcess.run(home("refused"), second);
      assertThat(refused.code()).isEqualTo(1);
      assertThat(refused.output()).contains("REDIS_KEY: another LetsChat");

      second.put("REDIS_KEY", "second");
      try (var other = ChatProcess.start(home("second"), second)) {
        talkSideBySide(first, other);
      }
    }
  }

  private static void talkSideBySide(ChatProcess first, ChatProcess second) {
    Visitor ada = Visitor.signsUp(first.address(), "ada");
    Visitor bob = Visitor.signsUp(first.address(), "bob");
    Visitor eve = Visitor.signsUp(second.address(), "eve");
    Visitor joe = Visitor.signsUp(second.address(), "joe");
    long room = ada.enters("tea", "secret");
    bob.enters("tea", "secret");
    assertThat(eve.enters("club", "secret")).isEqualTo(room);
    joe.enters("club", "secret");
    assertThat(joe.userId()).isEqualTo(bob.userId());
    try (var adas = TestSocket.connect(ada);
        var bobs = TestSocket.connect(bob);
        var joes = TestSocket.connect(joe)) {
      adas.joins(room);
      bobs.joins(room);
      assertThat(joes.joins(room).get("online").asLong()).isEqualTo(1);
      bobs.tell("typing", Map.of("room_id", room));
      adas.awaits("user typing", 1);
      adas.says(room, "of the first");
      bobs.awaits("new message", 1);
      assertThat(ada.delete("/api/rooms/" + room + "/members/" + bob.userId()).status())
          .isEqualTo(204);
      bobs.awaits("chat error", 1);

      joes.says(room, "of the second");
      joes.awaits("new message", 1);
      assertThat(joes.messages())
          .extracting(message -> message.get("content").asText())
          .containsExactly("of the second");
      assertThat(joes.heard("user typing")).isEmpty();
      assertThat(joes.heard("chat error")).isEmpty();
    }
  }

  private Path home(String name) throws IOException {
    return Files.createDirectory(folder.resolve(name));
  }

  private static Map<String, String> settings(EmbeddedPostgres postgres, String redisUrl) {
    var address = postgres.address();
    Map<String, String> settings = new HashMap<>();
    settings.put(
        "DATABASE_URL",
        address.jdbcUrl()
            + (address.jdbcUrl().contains("?") ? "&" : "?")
            + "user="
            + address.user()
            + "&password="
            + address.password());
    settings.put("REDIS_URL", redisUrl);
    settings.put("JWT_SECRET", "a secret of the installation, long enough");
    settings.put("SESSION_SECRET", "another secret of the installation");
    return settings;
  }
}
