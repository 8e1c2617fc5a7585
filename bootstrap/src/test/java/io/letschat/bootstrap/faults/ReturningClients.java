package io.letschat.bootstrap.faults;

import java.util.List;

/** Clients that come back by themselves, or do not. */
interface ReturningClients extends AutoCloseable {
  int size();

  int connected();

  /** All connections are lost. */
  void loseAll();

  /** What servers said when they did not let somebody in. */
  List<String> toldFinally();

  @Override
  void close();
}
