package io.letschat.socketio.namespace;

import com.corundumstudio.socketio.AuthTokenListener;
import com.corundumstudio.socketio.AuthTokenResult;
import com.corundumstudio.socketio.BroadcastOperations;
import com.corundumstudio.socketio.Configuration;
import com.corundumstudio.socketio.MultiRoomBroadcastOperations;
import com.corundumstudio.socketio.SocketIOClient;
import com.corundumstudio.socketio.listener.DataListener;
import com.corundumstudio.socketio.listener.MultiTypeEventListener;
import com.corundumstudio.socketio.namespace.Namespace;
import com.corundumstudio.socketio.store.StoreFactory;
import io.letschat.socketio.packet.MessageEncoder;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** A namespace that knows a client only from its accepted CONNECT on. */
public final class ServerNamespace extends Namespace {
  /** The id of no client: see the constructor. */
  private static final UUID PLACEHOLDER = new UUID(0, 0);

  private final StoreFactory storeFactory;
  private final MessageEncoder encoder;
  private final boolean authRequired;
  private final Set<String> events = ConcurrentHashMap.newKeySet();
  private final List<AuthTokenListener> authListeners = new CopyOnWriteArrayList<>();

  ServerNamespace(String name, Configuration configuration, boolean authRequired) {
    super(name, configuration);
    this.storeFactory = configuration.getStoreFactory();
    this.encoder = new MessageEncoder(configuration.getJsonSupport());
    this.authRequired = authRequired;
    // The room of all would be removed with its last client, and a client that connects in that
    // very moment would find it missing between two look-ups, and never be answered.
    join(name, PLACEHOLDER);
  }

  public MessageEncoder encoder() {
    return encoder;
  }

  @Override
  public int getRoomClientsInCluster(String room) {
    int all = super.getRoomClientsInCluster(room);
    return room.equals(getName()) ? all - 1 : all;
  }

  /**
   * Called by the constructor of every client, long before CONNECT is accepted: see {@link
   * #register}.
   */
  @Override
  public void addClient(SocketIOClient client) {}

  void register(ServerSocket client) {
    super.addClient(client);
  }

  @Override
  public <T> void addEventListener(String event, Class<T> type, DataListener<T> listener) {
    super.addEventListener(event, type, listener);
    events.add(event);
  }

  @Override
  public void addMultiTypeEventListener(
      String event, MultiTypeEventListener listener, Class<?>... types) {
    super.addMultiTypeEventListener(event, listener, types);
    events.add(event);
  }

  @Override
  public void removeAllListeners(String event) {
    super.removeAllListeners(event);
    events.remove(event);
  }

  public boolean listensTo(String event) {
    return events.contains(event);
  }

  @Override
  public void addAuthTokenListener(AuthTokenListener listener) {
    super.addAuthTokenListener(listener);
    authListeners.add(listener);
  }

  /** The first rejection counts. What a listener throws is thrown: the stock class rejects then. */
  @Override
  public AuthTokenResult onAuthData(SocketIOClient client, @Nullable Object authData) {
    if (authRequired && authListeners.isEmpty()) {
      return new AuthTokenResult(false, "unauthorized");
    }
    return authListeners.stream()
        .map(listener -> listener.getAuthTokenResult(authData, client))
        .filter(result -> !result.isSuccess())
        .findFirst()
        .orElse(AuthTokenResult.AuthTokenResultSuccess);
  }

  @Override
  public BroadcastOperations getBroadcastOperations() {
    return new RoomBroadcastOperations(this, getName(), List.copyOf(getAllClients()), storeFactory);
  }

  @Override
  public BroadcastOperations getRoomOperations(String room) {
    return new RoomBroadcastOperations(this, room, getRoomClients(room), storeFactory);
  }

  /**
   * A client that is in several of the rooms gets what is sent once, as with Node; the stock class
   * sends it twice.
   */
  @Override
  public BroadcastOperations getRoomOperations(String... rooms) {
    if (rooms.length == 0) {
      return new MultiRoomBroadcastOperations(new ArrayList<>());
    }
    Set<SocketIOClient> clients = new LinkedHashSet<>();
    for (String room : rooms) {
      getRoomClients(room).forEach(clients::add);
    }
    return new RoomBroadcastOperations(this, rooms[0], clients, storeFactory);
  }
}
