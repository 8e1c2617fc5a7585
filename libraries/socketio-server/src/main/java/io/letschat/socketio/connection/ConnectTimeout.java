package io.letschat.socketio.connection;

import io.letschat.socketio.SocketIoRejectReason;
import io.netty.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** Closes a connection that is without a namespace for too long. Called by its tasks only. */
final class ConnectTimeout {
  private final SocketIoClient connection;
  private @Nullable Future<?> timer;

  ConnectTimeout(SocketIoClient connection) {
    this.connection = connection;
  }

  void start() {
    timer =
        connection
            .session()
            .schedule(
                () -> connection.execute(this::closeUnlessConnected),
                connection.settings().connectTimeout());
  }

  void cancel() {
    Future<?> waiting = timer;
    timer = null;
    if (waiting != null) {
      waiting.cancel(false);
    }
  }

  private void closeUnlessConnected() {
    if (connection.hasNoNamespace() && connection.session().isOpen()) {
      connection.countRejection(SocketIoRejectReason.CONNECT_TIMEOUT);
      connection.session().close();
    }
  }
}
