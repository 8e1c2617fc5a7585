package io.letschat.bootstrap.faults;

import io.letschat.standin.Way;
import java.io.IOException;

/** A server of one kind or another, at a port of its own, with a way to the database. */
interface RestartableServer {
  String name();

  int port();

  Way postgres();

  void kill();

  /** As SIGTERM. */
  void stop();

  void startAgain() throws IOException;
}
