package io.letschat.web;

import static io.letschat.web.RunningSite.by;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.letschat.domain.message.ClientMessageId;
import io.letschat.domain.room.Room;
import io.letschat.testkit.Someone;
import io.letschat.web.RunningSite.Answer;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HistoryApiTest {
  private final RunningSite site = new RunningSite();
  private String[] ada = {};
  private String path = "";

  @BeforeEach
  void talk() {
    ada = by(site.signedUp("ada"));
    Someone bob = site.chat.someone("bob");
    Room room = bob.enters("Kitchen", "salt");
    site.json("/join", "{\"room\":\"Kitchen\",\"password\":\"salt\"}", ada);
    bob.says(room, "message 1", Optional.of(ClientMessageId.of("the first")));
    for (int i = 2; i <= 120; i++) {
      bob.says(room, "message " + i);
    }
    path = "/api/rooms/" + room.id() + "/messages";
  }

  @AfterEach
  void stop() {
    site.close();
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          '',                    71, 120, true
          ?limit=3,             118, 120, true
          ?before=51&limit=100,   1,  50, false
          ?before=51&limit=50,    1,  50, false
          ?before=51&limit=49,    2,  50, true
          ?after=0&limit=100,     1, 100, true
          ?after=100&limit=100, 101, 120, false
          ?after=110&limit=10,  111, 120, false
          ?after=110&limit=9,   111, 119, true
          ?before=&after=&limit=, 71, 120, true
          """)
  void a_page_goes_by_number_oldest_first(String query, long first, long last, boolean more) {
    Answer answer = site.get(path + query, ada);

    assertThat(answer.status()).isEqualTo(200);
    List<Long> numbers =
        answer.json().get("messages").findValues("seq").stream().map(JsonNode::asLong).toList();
    assertThat(numbers).hasSize((int) (last - first + 1)).isSorted();
    assertThat(numbers.getFirst()).isEqualTo(first);
    assertThat(numbers.getLast()).isEqualTo(last);
    assertThat(answer.json().get("has_more").asBoolean()).isEqualTo(more);
  }

  @Test
  void beyond_the_ends_there_is_nothing() {
    assertThat(site.get(path + "?after=120", ada).body())
        .isEqualTo("{\"messages\":[],\"has_more\":false}");
    assertThat(site.get(path + "?before=1", ada).body())
        .isEqualTo("{\"messages\":[],\"has_more\":false}");
  }

  @Test
  void a_message_has_all_that_the_event_has() {
    JsonNode message = site.get(path + "?after=0&limit=1", ada).json().at("/messages/0");

    assertThat(message.fieldNames())
        .toIterable()
        .containsExactlyInAnyOrder(
            "id",
            "room_id",
            "seq",
            "user_id",
            "username",
            "content",
            "message_type",
            "client_message_id",
            "created_at");
    assertThat(message.get("username").asText()).isEqualTo("bob");
    assertThat(message.get("content").asText()).isEqualTo("message 1");
    assertThat(message.get("message_type").asText()).isEqualTo("text");
    assertThat(message.get("client_message_id").asText()).isEqualTo("the first");
    assertThat(message.get("created_at").asText()).isEqualTo("2026-11-22T12:00:00.000Z");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "?limit=0",
        "?limit=101",
        "?limit=x",
        "?limit=-1",
        "?before=x",
        "?after=-1",
        "?after=1.5",
        "?before=5&after=5",
        "?after=99999999999999999999"
      })
  void a_page_that_makes_no_sense_is_refused(String query) {
    Answer answer = site.get(path + query, ada);

    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.code()).isEqualTo("invalid_fields");
    assertThat(answer.json().get("fields")).hasSize(1);
  }

  @Test
  void only_members_read() {
    assertThat(site.get(path).status()).isEqualTo(401);
    assertThat(site.get(path, by(site.signedUp("eve"))).status()).isEqualTo(404);
  }
}
