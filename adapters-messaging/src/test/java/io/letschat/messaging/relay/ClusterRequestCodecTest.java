package io.letschat.messaging.relay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.letschat.messaging.relay.RelayRequest.Requester;
import io.letschat.messaging.relay.RelayRequest.Target;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClusterRequestCodecTest {
  private static final Channels CHANNELS = new Channels("socket.io", "i1");

  private static final Requester REQUESTER = new Requester("r1", Optional.of("u1"));

  @Test
  void the_requests_of_version_8_are_read() throws IOException {
    var target = new Target(List.of("7"), List.of("8"));
    assertThat(read("{'uid':'u1','requestId':'r1','type':5,'opts':{'rooms':['7'],'except':['8']}}"))
        .contains(new RelayRequest.Sockets(REQUESTER, target));
    assertThat(read("{'uid':'u1','requestId':'r1','type':1}"))
        .contains(new RelayRequest.AllRooms(REQUESTER));
    assertThat(read("{'uid':'u1','type':2,'opts':{'rooms':['7'],'except':['8']},'rooms':['x',9]}"))
        .contains(new RelayRequest.Join(target, List.of("x", "9"), Optional.empty()));
    assertThat(read("{'uid':'u1','type':3,'opts':{'rooms':['7'],'except':['8']},'rooms':['x']}"))
        .contains(new RelayRequest.Leave(target, List.of("x"), Optional.empty()));
    assertThat(read("{'uid':'u1','type':4,'opts':{'rooms':['7'],'except':['8']},'close':true}"))
        .contains(new RelayRequest.Disconnect(target, true, Optional.empty()));
    assertThat(read("{'uid':'u1','type':6,'data':['gossip']}")).isEmpty();
  }

  @Test
  void those_of_older_versions_name_one_socket_and_want_an_answer() throws IOException {
    var target = new Target(List.of("s1"), List.of());
    assertThat(read("{'uid':'u1','requestId':'r1','type':0,'rooms':['s1']}"))
        .contains(new RelayRequest.SocketIds(REQUESTER, target));
    assertThat(read("{'requestId':'r1','type':2,'sid':'s1','room':'x'}"))
        .contains(
            new RelayRequest.Join(
                target, List.of("x"), Optional.of(new Requester("r1", Optional.empty()))));
    assertThat(CHANNELS.responses(new Requester("r1", Optional.empty())))
        .asString()
        .isEqualTo("socket.io-response#/#");
    assertThat(CHANNELS.responses(REQUESTER)).asString().isEqualTo("socket.io-response#/#u1#");
  }

  @Test
  void an_event_to_be_acknowledged_comes_as_message_pack() throws IOException {
    byte[] written =
        MessagePack.write(
            Map.of(
                "uid",
                "u1",
                "requestId",
                "r1",
                "type",
                7,
                "packet",
                Map.of("type", 2, "data", List.of("ask", 5), "nsp", "/", "id", 3),
                "opts",
                Map.of(
                    "rooms", List.of("7"),
                    "except", List.of(),
                    "flags", Map.of("timeout", 500))));

    assertThat(ClusterRequestCodec.read(written))
        .contains(
            new RelayRequest.Acknowledged(
                REQUESTER,
                new RelayedEvent("u1", "ask", List.of(5L), List.of("7"), List.of(), false),
                500));
    assertThat(MessagePack.read(ClusterRequestCodec.acknowledgement("r1", null)))
        .asString()
        .contains("type=9", "requestId=r1", "packet=null");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "{}",
        "[]",
        "null",
        "{'type':'5'}",
        "{'type':5}",
        "{'type':99,'requestId':'r'}",
        "{'type':5,'requestId':7,'opts':{}}",
        "{'type':5,'requestId':'','opts':{}}",
        "{'type':4,'close':true}",
        "{'type':4,'opts':{'rooms':7},'close':true}",
        "{'type':4,'opts':{'rooms':[7],'except':{}},'close':true}",
        "{'type':2,'room':'x'}",
        "{'type':7,'requestId':'r'} and more {",
        "\u0000\u0001",
      })
  void nonsense_is_counted_and_nothing_else_happens(String written) {
    var heard = new Heard();
    var subscription = new Subscription(new SubscriptionRegistry(), "letschat-1", CHANNELS, heard);
    byte[] requests = CHANNELS.requests().getBytes(UTF_8);

    subscription.onMessage(requests, written.replace('\'', '"').getBytes(UTF_8));
    subscription.onMessage(requests, "[".repeat(100_000).getBytes(UTF_8));
    subscription.onMessage(requests, ("{\"a\":" + "[".repeat(100_000)).getBytes(UTF_8));
    subscription.onMessage(requests, new byte[(16 << 20) + 1]);

    assertThat(heard.requests).isEmpty();
    assertThat(heard.refused).containsExactly("malformed", "malformed", "malformed", "malformed");
  }

  @Test
  void an_answer_has_a_largest_size_and_says_how_much_is_left_out() throws IOException {
    String long1 = "x".repeat(1 << 20);
    List<Map<String, String>> items = Collections.nCopies(10, Map.of("id", long1));

    ClusterRequestCodec.Listing cut = ClusterRequestCodec.listing("r1", "sockets", items);
    ClusterRequestCodec.Listing whole =
        ClusterRequestCodec.listing("r1", "sockets", items.subList(0, 2));

    assertThat(cut.answer().length).isLessThanOrEqualTo(ClusterRequestCodec.LARGEST_ANSWER);
    JsonNode read = new ObjectMapper().readTree(cut.answer());
    assertThat(read.get("sockets").size()).isEqualTo(10 - cut.left()).isPositive();
    assertThat(read.get("requestId").asText()).isEqualTo("r1");
    assertThat(whole.left()).isZero();
    assertThat(new ObjectMapper().readTree(whole.answer()).get("sockets").size()).isEqualTo(2);
    assertThat(ClusterRequestCodec.listing("r1", "rooms", List.of()).answer())
        .asString()
        .isEqualTo("{\"requestId\":\"r1\",\"rooms\":[]}");
  }

  @Test
  void the_names_of_rooms_are_strings_whatever_was_sent() throws IOException {
    assertThat(read("{'type':2,'opts':{'rooms':[7],'except':[null,8]},'rooms':'x'}"))
        .contains(
            new RelayRequest.Join(
                new Target(List.of("7"), List.of("null", "8")), List.of(), Optional.empty()));
  }

  private static Optional<RelayRequest> read(String json) throws IOException {
    return ClusterRequestCodec.read(json.replace('\'', '"').getBytes(UTF_8));
  }

  private static final class Heard implements RelayListener {
    private final List<RelayRequest> requests = new ArrayList<>();
    private final List<String> refused = new ArrayList<>();

    @Override
    public void event(RelayedEvent event) {}

    @Override
    public void nodeEvent(String from, List<@Nullable Object> event) {}

    @Override
    public void announced(String from, List<@Nullable Object> news) {}

    @Override
    public void asked(RelayRequest request) {
      requests.add(request);
    }

    @Override
    public void refused(String reason) {
      refused.add(reason);
    }

    @Override
    public void connected() {}
  }
}
