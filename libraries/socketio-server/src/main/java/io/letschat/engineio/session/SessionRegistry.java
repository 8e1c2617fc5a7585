package io.letschat.engineio.session;

import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.HexFormat;
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
    return perAddress.getOrDefault(key(client), 0);
  }

  public void add(EngineSession session) {
    perAddress.merge(key(session.handshake().client()), 1, Integer::sum);
    byId.put(session.id(), session);
  }

  public void remove(EngineSession session) {
    if (byId.remove(session.id(), session)) {
      perAddress.computeIfPresent(
          key(session.handshake().client()), (address, count) -> count == 1 ? null : count - 1);
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

  /** One IPv6 customer has a whole /64. */
  private static String key(InetSocketAddress client) {
    if (client.getAddress() instanceof Inet6Address v6) {
      return HexFormat.of().formatHex(Arrays.copyOf(v6.getAddress(), 8));
    }
    return client.getAddress() == null
        ? client.getHostString()
        : client.getAddress().getHostAddress();
  }
}
