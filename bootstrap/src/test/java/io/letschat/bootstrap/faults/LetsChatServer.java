package io.letschat.bootstrap.faults;

import io.letschat.standin.FaultyTcpProxy;
import java.io.IOException;
import java.net.URI;

/** The first node of a cluster. */
record LetsChatServer(FaultyCluster cluster) implements RestartableServer {
  @Override
  public String name() {
    return "LetsChat";
  }

  @Override
  public int port() {
    return URI.create(cluster.address(0)).getPort();
  }

  @Override
  public FaultyTcpProxy postgres() {
    return cluster.node(0).postgres();
  }

  @Override
  public void kill() {
    cluster.node(0).process().kill();
  }

  @Override
  public void stop() {
    cluster.node(0).process().stop();
  }

  @Override
  public void startAgain() throws IOException {
    cluster.node(0).process().startAgain();
  }
}
