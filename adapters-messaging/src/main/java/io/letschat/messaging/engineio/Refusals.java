package io.letschat.messaging.engineio;

/** Counts what is refused. Called on event loops: must not block or throw. */
@FunctionalInterface
public interface Refusals {
  void refused(Refusal reason);
}
