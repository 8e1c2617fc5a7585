package io.letschat.messaging.socket;

import com.corundumstudio.socketio.SocketIOClient;
import com.corundumstudio.socketio.SocketIONamespace;
import io.letschat.application.delivery.Connection;
import io.letschat.application.delivery.LocalSubscribers;
import io.letschat.application.delivery.RoomEvent;
import io.letschat.application.sentence.Sentences;
import io.letschat.domain.room.RoomId;
import io.letschat.messaging.codec.Dialect;
import io.letschat.messaging.codec.OffsetArguments;
import io.letschat.messaging.codec.OutboundEvent;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;

/**
 * Rooms of Socket.IO, named by the decimal room id: encoded once per dialect, or twice where not
 * every client takes offsets, whoever listens.
 */
public final class SocketIoRoomBroadcaster implements LocalSubscribers {
  private final SocketIONamespace namespace;
  private final ChatMetrics metrics;
  private final Sentences sentences;

  public SocketIoRoomBroadcaster(
      SocketIONamespace namespace, ChatMetrics metrics, Sentences sentences) {
    this.namespace = namespace;
    this.metrics = metrics;
    this.sentences = sentences;
  }

  @Override
  public void add(RoomId room, Connection connection) {
    if (connection instanceof ChatSocket socket) {
      socket.client().joinRoom(room.toString());
    }
  }

  @Override
  public void remove(RoomId room, Connection connection) {
    if (connection instanceof ChatSocket socket) {
      socket.client().leaveRoom(room.toString());
    }
  }

  @Override
  public void send(RoomEvent event) {
    var told = new AtomicLong();
    for (Dialect dialect : Dialect.values()) {
      Predicate<SocketIOClient> excluded =
          client -> {
            boolean listens = listens(client, dialect, event);
            if (listens) {
              told.incrementAndGet();
            }
            return !listens;
          };
      for (OutboundEvent wire : dialect.told(event, sentences)) {
        namespace
            .getRoomOperations(event.room().toString())
            .sendEvent(wire.name(), excluded, OffsetArguments.arguments(event, wire));
      }
    }
    if (event instanceof RoomEvent.MessageSent) {
      metrics.delivered(told.get());
    }
  }

  private static boolean listens(SocketIOClient client, Dialect dialect, RoomEvent event) {
    return ChatSocket.of(client)
        .filter(socket -> socket.dialect() == dialect)
        .filter(socket -> event.notTo().filter(socket.user()::equals).isEmpty())
        .isPresent();
  }
}
