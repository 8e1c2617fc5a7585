package io.letschat.messaging.recovery;

import io.letschat.application.recovery.RestoreSubscriptions;
import io.letschat.messaging.socket.ChatMetrics;
import io.letschat.socketio.StateRecovery;
import java.util.UUID;

/** A socket that goes on, between its claim and its first event. */
final class RestoredSocket implements StateRecovery.RestoredState {
  private final UUID id;
  private final RecoverySessionWriter session;
  private final RestoreSubscriptions.Resumed rooms;
  private final OpenRecoverySessions open;
  private final ChatMetrics metrics;

  RestoredSocket(
      UUID id,
      RecoverySessionWriter session,
      RestoreSubscriptions.Resumed rooms,
      OpenRecoverySessions open,
      ChatMetrics metrics) {
    this.id = id;
    this.session = session;
    this.rooms = rooms;
    this.open = open;
    this.metrics = metrics;
  }

  @Override
  public UUID id() {
    return id;
  }

  @Override
  public void replay() {
    open.add(session);
    session.write();
    metrics.comeback("recovered");
    rooms.activate();
  }

  @Override
  public void discard() {
    // With its rooms, so that the client can try again.
    session.write();
    rooms.cancel();
    metrics.comeback("lost_again");
  }
}
