package io.letschat.bootstrap.faults;

import io.letschat.standin.FaultyTcpProxy;
import java.io.IOException;

/** A server of one kind or another, at a port of its own, with a way to the database. */
interface RestartableServer {
  String name();

  int port();

  FaultyTcpProxy postgres();

  void kill();

  /** As SIGTERM. */
  void stop();

  void startAgain() throws IOException;
}
