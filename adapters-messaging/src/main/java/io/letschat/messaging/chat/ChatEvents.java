package io.letschat.messaging.chat;

import com.corundumstudio.socketio.AckRequest;
import com.corundumstudio.socketio.SocketIOClient;
import com.corundumstudio.socketio.SocketIONamespace;
import io.letschat.application.StoreUnavailable;
import io.letschat.domain.InvalidValueException;
import io.letschat.messaging.socketio.ReceivedAt;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** The events that a socket may send, in both dialects, and how each is answered. */
final class ChatEvents {
  private static final Logger log = LoggerFactory.getLogger(ChatEvents.class);

  /**
   * Serves one event. What it throws as {@link InvalidValueException} is the client's fault, all
   * else is ours.
   */
  @FunctionalInterface
  private interface Handler {
    Answer serve(ChatSocket socket, @Nullable Object payload, boolean ackRequested);
  }

  private final RoomEvents rooms;
  private final MessageEvents messages;
  private final TypingEvents typing;
  private final OpenSockets sockets;
  private final ChatMetrics metrics;

  ChatEvents(
      RoomEvents rooms,
      MessageEvents messages,
      TypingEvents typing,
      OpenSockets sockets,
      ChatMetrics metrics) {
    this.sockets = sockets;
    this.rooms = rooms;
    this.messages = messages;
    this.typing = typing;
    this.metrics = metrics;
  }

  void register(SocketIONamespace namespace, Admission admission) {
    namespace.addAuthTokenListener(admission);
    namespace.addConnectListener(admission::connected);
    namespace.addDisconnectListener(client ->
        ChatSocket.of(client)
            .ifPresent(socket -> {
              sockets.closed(socket);
              rooms.disconnected(socket);
            }));
    on(namespace, "join room", rooms::join);
    on(namespace, "leave room", (socket, payload, ack) -> rooms.leave(socket, payload));
    on(namespace, "send message", (socket, payload, ack) -> messages.send(socket, payload));
    on(namespace, "typing", (socket, payload, ack) -> typing.start(socket, payload));
    on(namespace, "stop typing", (socket, payload, ack) -> typing.stop(socket, payload));
    on(namespace, "joinRoom", rooms::joinCamelCase);
    on(namespace, "message", (socket, payload, ack) -> messages.send(socket, payload));
    on(namespace, "stopTyping", (socket, payload, ack) -> typing.stop(socket, payload));
  }

  private void on(SocketIONamespace namespace, String event, Handler handler) {
    namespace.addEventListener(
        event, Object.class, (client, payload, ack) -> serve(event, handler, client, payload, ack));
  }

  private void serve(
      String event,
      Handler handler,
      SocketIOClient client,
      @Nullable Object payload,
      AckRequest ack) {
    ChatSocket socket = ChatSocket.of(client).orElse(null);
    if (socket == null) {
      client.disconnect();
      return;
    }
    Payload.roomNamedBy(payload).ifPresent(room -> MDC.put("room_id", room.toString()));
    Answer answer;
    try {
      answer = handler.serve(socket, payload, ack.isAckRequested());
    } catch (InvalidValueException invalid) {
      answer = new Answer.No(Failure.invalid(invalid));
    } catch (StoreUnavailable away) {
      log.warn("'{}' failed: {}", event, away.toString());
      answer = new Answer.No(Failure.unavailable());
    } catch (RuntimeException e) {
      log.error("'{}' failed", event, e);
      answer = new Answer.No(Failure.unavailable());
    }
    switch (answer) {
      case Answer.Ok ok when ack.isAckRequested() -> ack.sendAckData(ok.ack());
      case Answer.Ok ok -> {}
      case Answer.No(var failure) -> refuse(socket, event, failure, ack);
    }
    long nanos = System.nanoTime() - ReceivedAt.of(client);
    // At once: who hears the answer to a join counts on hearing who comes after it.
    if (answer instanceof Answer.Ok ok) {
      ok.then().run();
    }
    metrics.served(event, answer, nanos);
  }

  /** For an event that is none of ours, so that a slip of the pen does not go unnoticed. */
  void unknown(SocketIOClient client, String event, AckRequest ack) {
    ChatSocket.of(client).ifPresent(socket -> refuse(socket, event, Failure.unknownEvent(), ack));
  }

  private void refuse(ChatSocket socket, String event, Failure failure, AckRequest ack) {
    metrics.refused(failure);
    if (ack.isAckRequested()) {
      ack.sendAckData(failure.ack());
    } else {
      socket.send(WireEvent.of("chat error", failure.event(event)));
    }
    if (failure.endsTheSocket()) {
      sockets.ended(socket.who().session().id());
    }
  }
}
