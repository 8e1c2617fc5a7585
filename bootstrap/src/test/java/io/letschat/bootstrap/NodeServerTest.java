package io.letschat.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Node's socket.io with its Redis adapter, and its emitter, in one cluster with a node of ours. */
class NodeServerTest {
  @TempDir private Path folder;

  @Test
  void a_node_server_and_an_emitter_exchange_events_with_our_sockets() throws Exception {
    try (var cluster = Cluster.start(folder, 1);
        var node = NodeServer.start(folder, cluster.redis().url());
        var theirs = TestSocket.tryToConnect(node.address(), "", "websocket")) {
      var ada = Visitor.signsUp(cluster.node(0).address(), "ada");
      var bob = Visitor.signsUp(cluster.node(0).address(), "bob");
      long room = ada.enters("tea", "secret");
      bob.enters("tea", "secret");
      long other = bob.enters("coffee", "secret");
      assertThat(theirs.outcome()).isEqualTo("connected");
      theirs.ask("enter", room);
      try (var adas = TestSocket.connect(ada);
          var bobs = TestSocket.connect(bob)) {
        adas.joins(room);
        bobs.joins(room);
        bobs.joins(other);
        String tea = Long.toString(room);

        JsonNode said = adas.says(room, "to Node, with \u00fc and \ud83d\ude00");
        theirs.awaits("new message", 1);
        assertThat(theirs.messages().getFirst().get("content")).isEqualTo(said.get("content"));
        assertThat(theirs.seqs()).containsExactly(1L);

        JsonNode payload = Visitor.JSON.readTree("{\"from\":\"Node\",\"list\":[1,2.5,null,true]}");
        node.does(
            Map.of(
                "do", "io", "to", List.of(tea), "event", "userJoined", "args", List.of(payload)));
        adas.awaits("userJoined", 1);
        bobs.awaits("userJoined", 1);
        assertThat(adas.heard("userJoined").getFirst().getFirst()).isEqualTo(payload);

        node.does(
            Map.of(
                "do", "emitter",
                "to", List.of(tea),
                "except", List.of(Long.toString(other)),
                "event", "userLeft",
                "args", List.of("an emitter", 7)));
        adas.awaits("userLeft", 1);
        theirs.awaits("userLeft", 1);
        assertThat(adas.heard("userLeft").getFirst())
            .extracting(JsonNode::asText)
            .containsExactly("an emitter", "7");

        // A number that is not on disk is nobody's message.
        node.does(
            Map.of(
                "do",
                "emitter",
                "to",
                List.of(tea),
                "event",
                "new message",
                "args",
                List.of(Map.of("room_id", room, "seq", 2, "content", "made up"))));
        node.does(Map.of("do", "gossip"));
        assertThat(node.does(Map.of("do", "fetch")).get("sockets").asInt()).isEqualTo(1);

        node.does(Map.of("do", "emitter", "event", "roomStatsUpdate", "args", List.of("to all")));
        adas.awaits("roomStatsUpdate", 1);
        bobs.awaits("roomStatsUpdate", 1);

        JsonNode second = bobs.says(room, "really the second");
        adas.awaits("new message", 2);
        assertThat(adas.messages()).containsExactly(said, second);
        assertThat(bobs.heard("userLeft")).isEmpty();
      }
    }
  }

  @Test
  void an_event_for_the_id_of_a_socket_reaches_that_socket_alone() throws Exception {
    try (var cluster = Cluster.start(folder, 1);
        var node = NodeServer.start(folder, cluster.redis().url())) {
      var ada = Visitor.signsUp(cluster.node(0).address(), "ada");
      try (var first = TestSocket.connect(ada);
          var second = TestSocket.connect(ada)) {
        Await.until(
            () -> {
              try {
                node.does(
                    Map.of(
                        "do",
                        "emitter",
                        "to",
                        List.of(first.id()),
                        "event",
                        "userTyping",
                        "args",
                        List.of("you")));
              } catch (IOException e) {
                throw new AssertionError(e);
              }
              return !first.heard("userTyping").isEmpty();
            },
            () -> "the socket is not reached by its id");
        assertThat(second.heard("userTyping")).isEmpty();
      }
    }
  }
}
