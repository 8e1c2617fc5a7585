package io.letschat.domain.account;

/**
 * Where somebody signed in from, as far as that is known: so that people recognise their own
 * sessions in a list.
 *
 * @param userAgent what the program said about itself (RFC 9110, 10.1.5), without control
 *     characters and cut at {@value #LONGEST} characters; may be empty
 * @param address the network address, of IPv6 the /64
 */
public record Device(String userAgent, String address) {
  private static final int LONGEST = 200;

  public Device {
    if (userAgent.length() > LONGEST || address.length() > LONGEST) {
      throw new IllegalArgumentException("too long to be kept");
    }
  }

  /** Keeps of what was sent what can be kept. */
  public static Device of(String userAgent, String address) {
    return new Device(tidied(userAgent), tidied(address));
  }

  private static String tidied(String text) {
    String visible = text.replaceAll("[^\\x20-\\x7e]", "").strip();
    return visible.substring(0, Math.min(LONGEST, visible.length()));
  }
}
