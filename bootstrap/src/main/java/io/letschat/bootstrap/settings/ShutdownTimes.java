package io.letschat.bootstrap.settings;

import java.time.Duration;

/**
 * How long a graceful shutdown takes.
 *
 * @param notice from the signal until the first connection is closed
 * @param spread from the first one until the last
 */
public record ShutdownTimes(Duration notice, Duration spread) {}
