package io.letschat.socketio.namespace;

import com.corundumstudio.socketio.BroadcastOperations;
import com.corundumstudio.socketio.Configuration;
import com.corundumstudio.socketio.MultiRoomBroadcastOperations;
import com.corundumstudio.socketio.SocketIONamespace;
import com.corundumstudio.socketio.namespace.Namespace;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The namespaces of a server: the main one is {@code /} on the wire and empty in the API. */
public final class NamespaceRegistry {
  private final Configuration configuration;
  private final boolean authRequired;
  private final ConcurrentMap<String, ServerNamespace> namespaces = new ConcurrentHashMap<>();

  public NamespaceRegistry(Configuration configuration, boolean authRequired) {
    this.configuration = configuration;
    this.authRequired = authRequired;
  }

  public static String wireName(String apiName) {
    return apiName.isEmpty() ? "/" : apiName;
  }

  public static String apiName(String wireName) {
    return wireName.equals("/") ? Namespace.DEFAULT_NAME : wireName;
  }

  /** The namespace of either name; null when there is none. */
  public @Nullable ServerNamespace find(String name) {
    return namespaces.get(apiName(name));
  }

  public SocketIONamespace add(String name) {
    return namespaces.computeIfAbsent(
        apiName(name), api -> new ServerNamespace(api, configuration, authRequired));
  }

  /** Disconnects the sockets of a namespace and forgets it. */
  public void remove(String name) {
    ServerNamespace removed = namespaces.remove(apiName(name));
    if (removed != null) {
      removed.getBroadcastOperations().disconnect();
    }
  }

  public Collection<SocketIONamespace> all() {
    return Collections.unmodifiableCollection(namespaces.values());
  }

  /** A broadcast to what this selects of each namespace. */
  public BroadcastOperations broadcast(Function<SocketIONamespace, BroadcastOperations> selection) {
    List<BroadcastOperations> all = new ArrayList<>();
    namespaces.values().forEach(namespace -> all.add(selection.apply(namespace)));
    return new MultiRoomBroadcastOperations(all);
  }
}
