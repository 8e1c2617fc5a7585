package io.letschat.messaging.relay;

import java.net.URI;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.util.JedisURIHelper;

/** The Redis that the nodes talk over: how both of the relay's connections reach it. */
record RelayEndpoint(URI address) {
  HostAndPort hostAndPort() {
    return JedisURIHelper.getHostAndPort(address);
  }

  /** As user, database and TLS stand in the address, under the name that Redis lists. */
  JedisClientConfig config(int connectMs, int answerMs) {
    return DefaultJedisClientConfig.builder(address)
        .connectionTimeoutMillis(connectMs)
        .socketTimeoutMillis(answerMs)
        .clientName("letschat-relay")
        .build();
  }
}
