package io.letschat.engineio;

/** Counts what is rejected. Called on event loops: must not block or throw. */
@FunctionalInterface
public interface RejectionListener {
  void rejected(RejectReason reason);
}
