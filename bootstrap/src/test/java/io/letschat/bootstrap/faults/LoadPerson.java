package io.letschat.bootstrap.faults;

import com.fasterxml.jackson.databind.JsonNode;
import io.letschat.bootstrap.Visitor;
import io.netty.channel.EventLoopGroup;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Somebody in one room whose client keeps to the contract: it says with {@code after_seq} what it
 * has, takes what it missed from the ack, or from the history where that is not complete, and comes
 * back when its connection ends. It notes every message, and what should not happen.
 */
final class LoadPerson {
  /** A message as it came: which one, and when, by {@link System#nanoTime}. */
  record Heard(long seq, String id, long atNanos) {}

  private final EventLoopGroup loops;
  private final IntFunction<String> addresses;
  private final int nodes;
  private final boolean roams;
  private final Visitor visitor;
  private final long room;

  private final List<Heard> heard = new ArrayList<>();
  private final Queue<Heard> early = new ArrayDeque<>();
  private final List<long[]> lists = new ArrayList<>();
  private long last;
  private int doubled;
  private int outOfOrder;

  private volatile int node;
  private volatile boolean here;
  private volatile boolean gone;
  private volatile long hereSince;
  private volatile long endedAt;
  private @Nullable LoadSocket socket;

  /**
   * @param addresses of the nodes, by their number
   * @param roams whether it comes back on another node, or on the same; it arrives on {@code node}
   */
  LoadPerson(
      EventLoopGroup loops,
      IntFunction<String> addresses,
      int nodes,
      boolean roams,
      Visitor visitor,
      long room,
      int node) {
    this.loops = loops;
    this.addresses = addresses;
    this.nodes = nodes;
    this.roams = roams;
    this.visitor = visitor;
    this.room = room;
    this.node = node;
  }

  String name() {
    return visitor.name();
  }

  int node() {
    return node;
  }

  boolean isHere() {
    return here;
  }

  /** When it was last let into the room, by {@link System#nanoTime}. */
  long hereSince() {
    return hereSince;
  }

  /** When it was last sent out of the room, by {@link System#nanoTime}. */
  long endedAt() {
    return endedAt;
  }

  /** Connects, and again whenever that ends, until {@link #leave}. */
  synchronized void come() {
    if (!gone) {
      var connection = new Connection();
      socket = LoadSocket.open(loops, addresses.apply(node), visitor.token(), connection);
    }
  }

  /** The connection is given up, and another one made. */
  synchronized void startOver() {
    if (socket != null) {
      socket.close();
    }
  }

  void leave() {
    gone = true;
    startOver();
  }

  synchronized CompletableFuture<JsonNode> say(String id) {
    if (socket == null || !here) {
      return CompletableFuture.failedFuture(new LoadSocket.EndedException());
    }
    return socket.ask(
        "send message", Map.of("room_id", room, "content", id, "client_message_id", id));
  }

  synchronized List<Heard> heard() {
    return List.copyOf(heard);
  }

  synchronized long last() {
    return last;
  }

  synchronized int doubled() {
    return doubled;
  }

  synchronized int outOfOrder() {
    return outOfOrder;
  }

  /** The {@code online users} that came: when, by {@link System#nanoTime}, and how many online. */
  synchronized List<long[]> lists() {
    return List.copyOf(lists);
  }

  /** How many are online, as it was told last. */
  synchronized long online() {
    return lists.isEmpty() ? 0 : lists.getLast()[1];
  }

  private synchronized void take(Heard message) {
    if (message.seq <= last) {
      doubled++;
      return;
    }
    if (message.seq != last + 1) {
      outOfOrder++;
    }
    last = message.seq;
    heard.add(message);
  }

  private static Heard read(JsonNode message) {
    return new Heard(
        message.get("seq").asLong(), message.path("client_message_id").asText(), System.nanoTime());
  }

  private final class Connection implements LoadSocket.Ear {
    private boolean joined;

    /** The node is there, and does not let anybody in just now. */
    private volatile boolean refused;

    @Override
    public void connected() {
      LoadSocket own;
      long after;
      synchronized (LoadPerson.this) {
        own = socket;
        after = last;
        early.clear();
      }
      if (own == null) {
        return;
      }
      Map<String, Object> payload = new HashMap<>(Map.of("room_id", room, "after_seq", after));
      own.ask("join room", payload)
          .thenAcceptAsync(answer -> joined(own, answer), task -> Thread.ofVirtual().start(task));
    }

    private void joined(LoadSocket own, JsonNode answer) {
      if (!answer.path("ok").asBoolean()) {
        refused = true;
        own.close();
        return;
      }
      try {
        List<Heard> missed = new ArrayList<>();
        answer.get("messages").forEach(message -> missed.add(read(message)));
        long head = answer.at("/room/last_seq").asLong();
        if (!answer.get("complete").asBoolean()) {
          missed.clear();
          history(head, missed);
        }
        synchronized (LoadPerson.this) {
          missed.forEach(LoadPerson.this::take);
          early.forEach(LoadPerson.this::take);
          early.clear();
          joined = true;
          hereSince = System.nanoTime();
          here = true;
        }
      } catch (RuntimeException | AssertionError e) {
        own.close();
      }
    }

    private void history(long head, List<Heard> missed) {
      long after = last();
      while (after < head) {
        JsonNode page =
            Visitor.send(
                    addresses.apply(node),
                    "GET",
                    "/api/rooms/" + room + "/messages?limit=100&after=" + after,
                    visitor.token(),
                    Map.of())
                .body();
        for (JsonNode message : page.get("messages")) {
          if (message.get("seq").asLong() <= head) {
            missed.add(read(message));
          }
          after = message.get("seq").asLong();
        }
      }
    }

    @Override
    public void heard(String name, String arguments) {
      synchronized (LoadPerson.this) {
        if (name.equals("new message")) {
          var message = new Heard(number(arguments, "\"seq\":"), id(arguments), System.nanoTime());
          if (joined) {
            take(message);
          } else {
            early.add(message);
          }
        } else if (name.equals("online users")) {
          lists.add(new long[] {System.nanoTime(), number(arguments, "\"online\":")});
        }
      }
    }

    @Override
    public void ended() {
      if (here) {
        endedAt = System.nanoTime();
      }
      here = false;
      // Who has not been let in yet goes on trying where they began.
      if (roams && !refused && hereSince != 0) {
        node = (node + ThreadLocalRandom.current().nextInt(1, nodes)) % nodes;
      }
      long pause = ThreadLocalRandom.current().nextLong(50, 250);
      if (!gone) {
        loops.next().schedule(LoadPerson.this::come, pause, TimeUnit.MILLISECONDS);
      }
    }
  }

  private static long number(String json, String field) {
    int begin = json.indexOf(field) + field.length();
    int end = begin;
    while (Character.isDigit(json.charAt(end))) {
      end++;
    }
    return Long.parseLong(json, begin, end, 10);
  }

  private static String id(String json) {
    String field = "\"client_message_id\":\"";
    int begin = json.indexOf(field);
    return begin < 0
        ? ""
        : json.substring(begin + field.length(), json.indexOf('"', begin + field.length()));
  }
}
