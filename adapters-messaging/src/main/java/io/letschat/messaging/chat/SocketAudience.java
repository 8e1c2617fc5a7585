package io.letschat.messaging.chat;

import com.corundumstudio.socketio.SocketIOClient;
import com.corundumstudio.socketio.SocketIONamespace;
import io.letschat.application.room.Connection;
import io.letschat.application.room.RoomAudience;
import io.letschat.application.room.RoomEvent;
import io.letschat.domain.room.RoomId;
import java.util.function.Predicate;

/** Rooms of Socket.IO, named by the decimal room id: encoded once per dialect, whoever listens. */
final class SocketAudience implements RoomAudience {
  private final SocketIONamespace namespace;

  SocketAudience(SocketIONamespace namespace) {
    this.namespace = namespace;
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
    for (Dialect dialect : Dialect.values()) {
      Predicate<SocketIOClient> excluded =
          client ->
              ChatSocket.of(client)
                  .filter(socket -> socket.dialect() == dialect)
                  .filter(socket ->
                      event.notTo().isEmpty() || !event.notTo().get().equals(socket.user()))
                  .isEmpty();
      for (WireEvent told : dialect.told(event)) {
        namespace
            .getRoomOperations(event.room().toString())
            .sendEvent(told.name(), excluded, told.arguments().toArray());
      }
    }
  }
}
