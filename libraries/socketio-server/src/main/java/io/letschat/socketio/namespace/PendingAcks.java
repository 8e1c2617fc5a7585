package io.letschat.socketio.namespace;

import com.corundumstudio.socketio.AckCallback;
import com.corundumstudio.socketio.MultiTypeAckCallback;
import com.corundumstudio.socketio.MultiTypeArgs;
import com.corundumstudio.socketio.protocol.JsonSupport;
import com.fasterxml.jackson.databind.JsonNode;
import io.letschat.socketio.connection.SocketIoClient;
import io.letschat.socketio.packet.JsonArguments;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The acks that one client has not sent yet. Each callback gets exactly one of success and timeout.
 */
final class PendingAcks {
  private static final Logger log = LoggerFactory.getLogger(PendingAcks.class);

  private final SocketIoClient connection;
  private final AtomicLong lastId = new AtomicLong(-1);
  private final ConcurrentHashMap<Long, AckCallback<?>> callbacks = new ConcurrentHashMap<>(1);

  PendingAcks(SocketIoClient connection) {
    this.connection = connection;
  }

  long register(AckCallback<?> callback) {
    long id = lastId.incrementAndGet();
    callbacks.put(id, callback);
    if (callback.getTimeout() > 0) {
      connection
          .session()
          .schedule(
              () -> connection.execute(() -> timedOut(id)),
              Duration.ofSeconds(callback.getTimeout()));
    }
    return id;
  }

  private void timedOut(long id) {
    AckCallback<?> callback = callbacks.remove(id);
    if (callback != null) {
      callback.onTimeout();
    }
  }

  void complete(long id, JsonNode payload, JsonSupport json) {
    AckCallback<?> callback = callbacks.remove(id);
    if (callback == null) {
      return;
    }
    List<Object> args;
    try {
      args = JsonArguments.ofAck(json, callback, payload);
    } catch (IOException | RuntimeException e) {
      log.debug(
          "An acknowledgement could not be deserialized for its callback: {}",
          e.getClass().getName());
      callback.onTimeout();
      return;
    }
    succeed(callback, args);
  }

  @SuppressWarnings("unchecked")
  private static <T> void succeed(AckCallback<T> callback, List<Object> args) {
    @Nullable Object result =
        callback instanceof MultiTypeAckCallback
            ? new MultiTypeArgs(args)
            : args.isEmpty() ? null : args.getFirst();
    callback.onSuccess((T) result);
  }

  /** The client is disconnected: all time out. */
  void timeOutAll() {
    for (Long id : callbacks.keySet()) {
      timedOut(id);
    }
  }
}
