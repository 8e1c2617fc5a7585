package io.letschat.benchmarks;

import com.corundumstudio.socketio.Configuration;
import com.corundumstudio.socketio.SocketIOServer;
import io.letschat.socketio.ConformantSocketIOServer;

/** Who is measured: the same library, the same program, another transport. */
enum Contender {
  STOCK {
    @Override
    SocketIOServer make(Configuration configuration) {
      return new SocketIOServer(configuration);
    }
  },
  OURS {
    @Override
    SocketIOServer make(Configuration configuration) {
      return new ConformantSocketIOServer(configuration);
    }
  };

  abstract SocketIOServer make(Configuration configuration);

  /** Listens on a port of loopback. */
  SocketIOServer start(int port) {
    Configuration configuration = new Configuration();
    configuration.setHostname("127.0.0.1");
    configuration.setPort(port);
    configuration.setBossThreads(1);
    configuration.setWorkerThreads(2);
    configuration.getSocketConfig().setAcceptBackLog(1024);
    SocketIOServer server = make(configuration);
    server.start();
    return server;
  }
}
