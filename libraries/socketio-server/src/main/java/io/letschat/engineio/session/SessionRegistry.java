package io.letschat.engineio.session;

import io.letschat.protocol.ClientAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Collection;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The open sessions, by their id and counted by address. */
public final class SessionRegistry {
  /** 160 bits: an id is all that a request needs to speak for its session. */
  private static final int ID_BYTES = 20;

  private final String prefix;
  private final SecureRandom random = new SecureRandom();
  private final ConcurrentHashMap<String, EngineSession> byId = new ConcurrentHashMap<>();
  private final ConcurrentHashMap<String, Integer> perAddress = new ConcurrentHashMap<>();

  public SessionRegistry(String prefix) {
    this.prefix = prefix;
  }

  public String newId() {
    byte[] bytes = new byte[ID_BYTES];
    random.nextBytes(bytes);
    return prefix + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  public @Nullable EngineSession get(String id) {
    return byId.get(id);
  }

  public int sessionsOf(InetSocketAddress client) {
    return perAddress.getOrDefault(ClientAddress.network(client), 0);
  }

  public void add(EngineSession session) {
    perAddress.merge(ClientAddress.network(session.handshake().client()), 1, Integer::sum);
    byId.put(session.id(), session);
  }

  public void remove(EngineSession session) {
    if (byId.remove(session.id(), session)) {
      perAddress.computeIfPresent(
          ClientAddress.network(session.handshake().client()),
          (address, count) -> count == 1 ? null : count - 1);
    }
  }

  public Collection<EngineSession> all() {
    return byId.values();
  }

  public int size() {
    return byId.size();
  }

  public int addresses() {
    return perAddress.size();
  }
}
