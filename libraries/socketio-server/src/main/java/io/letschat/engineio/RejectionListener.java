package io.letschat.engineio;

/** Counts what is refused. Called on event loops: must not block or throw. */
@FunctionalInterface
public interface RejectionListener {
  void refused(RejectReason reason);
}
