package io.letschat.web.metrics;

/** All that is measured, written down. */
@FunctionalInterface
public interface MetricsText {
  /** The values of this moment, in the text format of Prometheus, version 0.0.4. */
  String now();
}
