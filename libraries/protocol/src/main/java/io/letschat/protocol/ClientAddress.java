package io.letschat.protocol;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where a client is. Limits count by its {@linkplain #network network}, wherever the address comes
 * from.
 */
public record ClientAddress(InetAddress address) {
  private static final String UNKNOWN = "unknown";
  private static final int GROUPS_OF_NETWORK = 4;

  /** Reads digits; nothing is looked up, and the zone of a link-local address is dropped. */
  public static Optional<ClientAddress> parse(@Nullable String digits) {
    if (digits == null || digits.isBlank()) {
      return Optional.empty();
    }
    try {
      return Optional.of(new ClientAddress(InetAddress.ofLiteral(digits.split("%", 2)[0])));
    } catch (IllegalArgumentException notAnAddress) {
      return Optional.empty();
    }
  }

  /** What limits count the sender of a connection by. */
  public static String network(InetSocketAddress peer) {
    return network(Optional.ofNullable(peer.getAddress()).map(ClientAddress::new));
  }

  /** What limits count somebody by whose address may not be known. */
  public static String network(Optional<ClientAddress> client) {
    return client.map(ClientAddress::network).orElse(UNKNOWN);
  }

  /**
   * What limits count by. Of IPv6 it is the /64, such as {@code 2001:db8:0:1::/64}: whoever has one
   * of its addresses has them all.
   */
  public String network() {
    if (!(address instanceof Inet6Address)) {
      return address.getHostAddress();
    }
    byte[] bytes = address.getAddress();
    var network = new StringBuilder();
    for (int i = 0; i < GROUPS_OF_NETWORK; i++) {
      int group = (bytes[2 * i] & 0xff) << 8 | bytes[2 * i + 1] & 0xff;
      network.append(i == 0 ? "" : ":").append(Integer.toHexString(group));
    }
    return network.append("::/64").toString();
  }

  /** Whether it is of the machine that the program runs on. */
  public boolean isLoopback() {
    return address.isLoopbackAddress();
  }
}
