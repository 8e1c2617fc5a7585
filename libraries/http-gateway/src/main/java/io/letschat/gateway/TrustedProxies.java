package io.letschat.gateway;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Whose word about the client's address, scheme and host is believed: the setting {@code
 * TRUST_PROXY}. By default nobody's.
 */
public final class TrustedProxies {
  private static final Map<String, List<String>> WORDS =
      Map.of(
          "loopback", List.of("127.0.0.0/8", "::1/128"),
          "linklocal", List.of("169.254.0.0/16", "fe80::/10"),
          "private", List.of("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7"));
  private static final TrustedProxies NOBODY = new TrustedProxies(List.of());

  private final List<Network> networks;

  private TrustedProxies(List<Network> networks) {
    this.networks = networks;
  }

  public static TrustedProxies nobody() {
    return NOBODY;
  }

  /**
   * Reads the setting.
   *
   * @param setting a comma list of addresses ({@code 10.0.0.7}), networks ({@code 10.0.0.0/8},
   *     {@code fd00::/8}) and the words {@code loopback}, {@code linklocal} and {@code private};
   *     blank is nobody
   * @throws IllegalArgumentException naming the part that is none of these
   */
  public static TrustedProxies parse(String setting) {
    var networks = new ArrayList<Network>();
    for (String part : setting.split(",", -1)) {
      var entry = part.strip().toLowerCase(Locale.ROOT);
      if (entry.isEmpty() && setting.isBlank()) {
        return NOBODY;
      }
      for (String network : WORDS.getOrDefault(entry, List.of(entry))) {
        networks.add(Network.parse(network, part));
      }
    }
    return new TrustedProxies(List.copyOf(networks));
  }

  public boolean trusts(InetAddress address) {
    if (networks.isEmpty()) {
      return false;
    }
    var bytes = address.getAddress();
    for (Network network : networks) {
      if (network.contains(bytes)) {
        return true;
      }
    }
    return false;
  }

  /** The address written in digits, never looked up; an IPv4-mapped one becomes IPv4. */
  static @Nullable InetAddress address(String text) {
    var bytes = NetUtil.createByteArrayFromIpAddressString(text);
    if (bytes == null || text.indexOf('%') >= 0) {
      return null;
    }
    try {
      return InetAddress.getByAddress(bytes);
    } catch (UnknownHostException e) {
      return null;
    }
  }

  private record Network(byte[] prefix, int bits) {
    static Network parse(String text, String part) {
      int slash = text.indexOf('/');
      var address = address(slash < 0 ? text : text.substring(0, slash));
      if (address == null) {
        throw malformed(part);
      }
      var prefix = address.getAddress();
      int most = prefix.length * 8;
      if (slash < 0) {
        return new Network(prefix, most);
      }
      var length = text.substring(slash + 1);
      if (!length.matches("[0-9]{1,3}") || Integer.parseInt(length) > most) {
        throw malformed(part);
      }
      return new Network(prefix, Integer.parseInt(length));
    }

    boolean contains(byte[] address) {
      if (address.length != prefix.length) {
        return false;
      }
      int whole = bits / 8;
      int rest = bits % 8;
      if (!Arrays.equals(address, 0, whole, prefix, 0, whole)) {
        return false;
      }
      return rest == 0 || ((address[whole] ^ prefix[whole]) & 0xff) >>> (8 - rest) == 0;
    }

    private static IllegalArgumentException malformed(String part) {
      return new IllegalArgumentException(
          "'"
              + part.strip()
              + "' is no address (10.0.0.7), no network (10.0.0.0/8) and none of the words loopback, linklocal, private");
    }
  }
}
