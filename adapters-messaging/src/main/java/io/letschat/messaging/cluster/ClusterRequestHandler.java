package io.letschat.messaging.cluster;

import com.corundumstudio.socketio.AckCallback;
import com.corundumstudio.socketio.SocketIOClient;
import io.letschat.application.presence.LocalRoster;
import io.letschat.domain.room.RoomId;
import io.letschat.messaging.codec.Answer;
import io.letschat.messaging.event.RoomEventHandler;
import io.letschat.messaging.relay.Relay;
import io.letschat.messaging.relay.RelayRequest;
import io.letschat.messaging.relay.RelayedEvent;
import io.letschat.messaging.socket.ChatMetrics;
import io.letschat.messaging.socket.ChatSocket;
import io.letschat.messaging.socket.SocketDetails;
import io.letschat.socketio.SerialSocket;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does, and answers, what servers of another kind ask of all servers of a cluster: one request
 * after the other, so that somebody who lets sockets join a room and then asks who is in it finds
 * them there.
 *
 * <p>Such a server may move sockets between rooms of its own as it likes. A room of the chat is
 * another matter: a socket that is put into one comes in as if it had asked to join without a
 * password, which only its members may, and one that is taken out leaves as if it had asked to.
 */
final class ClusterRequestHandler {
  private static final Logger log = LoggerFactory.getLogger(ClusterRequestHandler.class);
  private static final int WAITING = 256;
  private static final long LONGEST_ACK_MS = 60_000;

  /** How long the requests behind it wait for sockets that come into a room of the chat. */
  private static final long ENTERING_MS = 2_000;

  private final AdapterRooms rooms;
  private final RoomEventHandler chat;
  private final LocalRoster people;
  private final Relay relay;
  private final ChatMetrics metrics;
  private final ThreadPoolExecutor inTurn =
      new ThreadPoolExecutor(
          1,
          1,
          10,
          TimeUnit.SECONDS,
          new ArrayBlockingQueue<>(WAITING),
          Thread.ofVirtual().name("asked-by-servers").factory());

  ClusterRequestHandler(
      AdapterRooms rooms,
      RoomEventHandler chat,
      LocalRoster people,
      Relay relay,
      ChatMetrics metrics) {
    this.rooms = rooms;
    this.chat = chat;
    this.people = people;
    this.relay = relay;
    this.metrics = metrics;
    inTurn.allowCoreThreadTimeOut(true);
  }

  /** Does not block. */
  void asked(RelayRequest request) {
    try {
      inTurn.execute(() -> {
        try {
          serve(request);
        } catch (RuntimeException e) {
          log.warn("handling a request of another server failed", e);
          metrics.refusedByRelay("failed");
        }
      });
    } catch (RejectedExecutionException tooMany) {
      metrics.refusedByRelay("too_many_requests");
    }
  }

  private void serve(RelayRequest request) {
    switch (request) {
      case RelayRequest.SocketIds(var requester, var target) ->
          list(
              requester,
              "sockets",
              rooms.sockets(target).stream().map(each -> each.getSessionId().toString()).toList());
      case RelayRequest.AllRooms(var requester) -> list(requester, "rooms", rooms.all());
      case RelayRequest.Sockets(var requester, var target) ->
          list(
              requester,
              "sockets",
              () ->
                  rooms.sockets(target).stream()
                      .<Object>map(each -> SocketDetails.of(each, rooms.of(each), people))
                      .iterator());
      case RelayRequest.Join(var target, var names, var requester) -> {
        move(target, names, rooms::join, chat::put);
        done(requester, target);
      }
      case RelayRequest.Leave(var target, var names, var requester) -> {
        move(target, names, this::leave, chat::take);
        done(requester, target);
      }
      case RelayRequest.Disconnect(var target, var close, var requester) -> {
        done(requester, target);
        rooms.sockets(target).forEach(each -> disconnect(each, close));
      }
      case RelayRequest.Acknowledged(var requester, var event, var timeoutMs) ->
          deliver(requester, event, timeoutMs);
    }
  }

  private void list(RelayRequest.Requester requester, String name, Iterable<?> items) {
    int left = relay.answer(requester, name, items);
    if (left > 0) {
      log.warn("a response to another server is too large, {} {} are left out", left, name);
      metrics.refusedByRelay("answer_too_large");
    }
  }

  /** Only somebody who names one socket waits for that, and only the server that has it answers. */
  private void done(Optional<RelayRequest.Requester> requester, RelayRequest.Target target) {
    if (requester.isPresent() && !rooms.sockets(target).isEmpty()) {
      relay.answerDone(requester.get());
    }
  }

  private boolean leave(SocketIOClient client, String room) {
    rooms.leave(client, room);
    return true;
  }

  private void move(
      RelayRequest.Target target,
      List<String> names,
      BiFunction<SocketIOClient, String, Boolean> ofServers,
      BiFunction<ChatSocket, RoomId, Answer> ofChat) {
    List<CompletableFuture<Void>> moves = new ArrayList<>();
    for (SocketIOClient client : rooms.sockets(target)) {
      for (String name : names) {
        Optional<RoomId> room = AdapterRooms.ofChat(name);
        if (room.isPresent()) {
          ChatSocket.of(client)
              .ifPresent(
                  socket -> moves.add(inTurn(socket, () -> ofChat.apply(socket, room.get()))));
        } else if (!ofServers.apply(client, name)) {
          metrics.refusedByRelay("room_refused");
        }
      }
    }
    await(moves);
  }

  private interface Move {
    Answer make();
  }

  /** In turn with what the socket itself asks for. */
  private CompletableFuture<Void> inTurn(ChatSocket socket, Move move) {
    var made = new CompletableFuture<Void>();
    if (!(socket.client() instanceof SerialSocket client)) {
      return CompletableFuture.completedFuture(null);
    }
    client.execute(() -> {
      try {
        switch (move.make()) {
          case Answer.Ok ok -> ok.joined().ifPresent(socket::activate);
          case Answer.Rejected(var failure) -> metrics.refusedByRelay(failure.code());
        }
      } catch (RuntimeException e) {
        log.warn("socket {} could not be moved", socket.id(), e);
        metrics.refusedByRelay("failed");
      } finally {
        made.complete(null);
      }
    });
    return made;
  }

  private static void await(Collection<CompletableFuture<Void>> moves) {
    try {
      CompletableFuture.allOf(moves.toArray(CompletableFuture[]::new))
          .get(ENTERING_MS, TimeUnit.MILLISECONDS);
    } catch (TimeoutException | ExecutionException late) {
      log.debug("sockets are still being moved");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void disconnect(SocketIOClient client, boolean close) {
    if (close && client instanceof SerialSocket ordered) {
      ordered.closeConnection();
    } else {
      client.disconnect();
    }
  }

  private void deliver(RelayRequest.Requester requester, RelayedEvent event, long timeoutMs) {
    Set<SocketIOClient> receivers =
        rooms.sockets(new RelayRequest.Target(event.rooms(), event.except()));
    relay.answerCount(requester, receivers.size());
    long waits = Math.clamp(timeoutMs, 1, LONGEST_ACK_MS);
    int seconds = (int) ((waits + 999) / 1000);
    receivers.forEach(client ->
        client.sendEvent(
            event.name(), new PassedOn(requester, seconds), event.arguments().toArray()));
  }

  private final class PassedOn extends AckCallback<Object> {
    private final RelayRequest.Requester requester;

    PassedOn(RelayRequest.Requester requester, int seconds) {
      super(Object.class, seconds);
      this.requester = requester;
    }

    @Override
    public void onSuccess(@Nullable Object value) {
      relay.answerAcknowledgement(requester, value);
    }
  }
}
