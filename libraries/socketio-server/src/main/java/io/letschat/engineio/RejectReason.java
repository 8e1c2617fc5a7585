package io.letschat.engineio;

/**
 * Why something was rejected, by the engine ({@link EngineRejectReason}) or by what is carried over
 * it, which has reasons of its own. Each is a counter in the metrics.
 */
public interface RejectReason {
  /** The counter's label, such as {@code ping_timeout}: one of a few dozen. */
  String label();
}
