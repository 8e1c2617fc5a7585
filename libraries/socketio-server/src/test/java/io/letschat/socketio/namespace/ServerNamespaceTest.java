package io.letschat.socketio.namespace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.corundumstudio.socketio.Configuration;
import com.corundumstudio.socketio.SocketIOClient;
import java.lang.reflect.Proxy;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class ServerNamespaceTest {
  private final ServerNamespace namespace = new ServerNamespace("", new Configuration(), false);

  @Test
  void whoever_connects_in_the_moment_in_which_the_last_one_leaves_is_let_in() {
    CompletableFuture<Void> others = CompletableFuture.runAsync(this::comeAndGo);
    assertThatCode(this::comeAndGo).doesNotThrowAnyException();
    assertThatCode(others::join).doesNotThrowAnyException();
  }

  private void comeAndGo() {
    SocketIOClient client = client(UUID.randomUUID());
    for (int i = 0; i < 200_000; i++) {
      namespace.onConnect(client);
      namespace.leave("", client.getSessionId());
    }
  }

  @Test
  void an_empty_namespace_has_nobody() {
    assertThat(namespace.getRoomClientsInCluster("")).isZero();
    assertThat(namespace.getRoomClients("")).isEmpty();
    assertThat(namespace.getAllClients()).isEmpty();
  }

  /** The namespace asks for nothing but the id. */
  private static SocketIOClient client(UUID id) {
    return (SocketIOClient)
        Proxy.newProxyInstance(
            SocketIOClient.class.getClassLoader(),
            new Class<?>[] {SocketIOClient.class},
            (proxy, method, args) -> id);
  }
}
