package io.letschat.messaging.event;

import com.corundumstudio.socketio.AckRequest;
import com.corundumstudio.socketio.SocketIOClient;
import com.corundumstudio.socketio.SocketIONamespace;
import io.letschat.application.StoreUnavailable;
import io.letschat.domain.InvalidValueException;
import io.letschat.messaging.codec.Answer;
import io.letschat.messaging.codec.EventError;
import io.letschat.messaging.codec.EventPayload;
import io.letschat.messaging.codec.OutboundEvent;
import io.letschat.messaging.socket.ChatMetrics;
import io.letschat.messaging.socket.ChatSocket;
import io.letschat.messaging.socket.SessionSocketRegistry;
import io.letschat.messaging.socket.SocketAuthenticator;
import io.letschat.socketio.EventReceiveTime;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** The events that a socket may send, in both dialects, and how each is answered. */
public final class EventRouter {
  private static final Logger log = LoggerFactory.getLogger(EventRouter.class);

  /**
   * Serves one event. What it throws as {@link InvalidValueException} is the client's fault, all
   * else is ours.
   */
  @FunctionalInterface
  private interface Handler {
    Answer serve(ChatSocket socket, @Nullable Object payload, boolean ackRequested);
  }

  private final RoomEventHandler rooms;
  private final MessageEventHandler messages;
  private final TypingEventHandler typing;
  private final SessionSocketRegistry sockets;
  private final ChatMetrics metrics;

  public EventRouter(
      RoomEventHandler rooms,
      MessageEventHandler messages,
      TypingEventHandler typing,
      SessionSocketRegistry sockets,
      ChatMetrics metrics) {
    this.sockets = sockets;
    this.rooms = rooms;
    this.messages = messages;
    this.typing = typing;
    this.metrics = metrics;
  }

  public void register(SocketIONamespace namespace, SocketAuthenticator socketAuthenticator) {
    namespace.addAuthTokenListener(socketAuthenticator);
    namespace.addConnectListener(socketAuthenticator::connected);
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
    on(namespace, "joinRoom", rooms::joinLegacy);
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
    EventPayload.roomNamedBy(payload).ifPresent(room -> MDC.put("room_id", room.toString()));
    Answer answer;
    try {
      answer = handler.serve(socket, payload, ack.isAckRequested());
    } catch (InvalidValueException invalid) {
      answer = new Answer.Rejected(EventError.invalid(invalid));
    } catch (StoreUnavailable away) {
      log.warn("'{}' failed: {}", event, away.toString());
      answer = new Answer.Rejected(EventError.unavailable());
    } catch (RuntimeException e) {
      log.error("'{}' failed", event, e);
      answer = new Answer.Rejected(EventError.unavailable());
    }
    switch (answer) {
      case Answer.Ok ok when ack.isAckRequested() -> ack.sendAckData(ok.ack());
      case Answer.Ok ok -> {}
      case Answer.Rejected(var eventError) -> refuse(socket, event, eventError, ack);
    }
    long nanos = System.nanoTime() - EventReceiveTime.of(client);
    // At once: who hears the answer to a join counts on hearing who comes after it.
    if (answer instanceof Answer.Ok ok) {
      ok.joined().ifPresent(socket::activate);
    }
    metrics.served(event, answer, nanos);
  }

  /** For an event that is none of ours, so that a slip of the pen does not go unnoticed. */
  public void unknown(SocketIOClient client, String event, AckRequest ack) {
    ChatSocket.of(client)
        .ifPresent(socket -> refuse(socket, event, EventError.unknownEvent(), ack));
  }

  private void refuse(ChatSocket socket, String event, EventError eventError, AckRequest ack) {
    metrics.refused(eventError);
    if (ack.isAckRequested()) {
      ack.sendAckData(eventError.ack(socket.sentences()));
    } else {
      socket.send(OutboundEvent.of("chat error", eventError.event(event, socket.sentences())));
    }
    if (eventError.endsTheSocket()) {
      sockets.ended(socket.who().session().id());
    }
  }
}
