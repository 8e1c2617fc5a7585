package io.letschat.domain.limit;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What of a client's address limits count by, wherever it comes from. Of IPv6 it is the /64:
 * whoever has one of its addresses has them all.
 */
public final class CountedAddress {
  private CountedAddress() {}

  /**
   * @param address as {@link java.net.InetAddress#getHostAddress} writes it; null or blank where it
   *     is not known
   */
  public static String of(@Nullable String address) {
    if (address == null || address.isBlank()) {
      return "unknown";
    }
    return address.indexOf(':') < 0 ? address : network(address);
  }

  private static String network(String address) {
    String digits = address.split("%", 2)[0];
    int gap = digits.indexOf("::");
    String[] head = (gap < 0 ? digits : digits.substring(0, gap)).split(":");
    var groups = new String[4];
    Arrays.fill(groups, "0");
    for (int i = 0; i < 4 && i < head.length && !head[i].isEmpty(); i++) {
      groups[i] = head[i].replaceFirst("^0+(?=.)", "");
    }
    if (gap >= 0) {
      String[] tail = digits.substring(gap + 2).split(":");
      // A gap is at least one group long; what follows it reaches the first half only if it is
      // short.
      for (int i = 0; i < tail.length && !tail[0].isEmpty(); i++) {
        int place = 8 - tail.length + i;
        if (place < 4) {
          groups[place] = tail[i].replaceFirst("^0+(?=.)", "");
        }
      }
    }
    return String.join(":", groups) + "::/64";
  }
}
