package io.letschat.application.account.session;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * The cookie that carries a session's token, as pages and sockets read it. Cookies know no ports
 * (RFC 6265, section 8.5), so the name differs between installations: two on one host would
 * otherwise sign each other's people out.
 */
public final class SessionCookies {
  /** The name that all installations had once; what browsers still have under it is accepted. */
  public static final String EARLIER_NAME = "letschat_session";

  private static final int BYTES_OF_NAME = 5;

  private final String name;

  private SessionCookies(String name) {
    this.name = name;
  }

  /**
   * @param secret what all nodes of an installation have in common and other installations do not;
   *     it cannot be told from the name
   */
  public static SessionCookies of(String secret) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256")
              .digest(
                  ("the name of the session cookie\n" + secret).getBytes(StandardCharsets.UTF_8));
      return new SessionCookies(
          EARLIER_NAME + "_" + HexFormat.of().formatHex(digest, 0, BYTES_OF_NAME));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  public String name() {
    return name;
  }

  /**
   * Every token in these headers, in the order in which they are to be tried. A browser sends
   * several cookies of one name when they were set for different paths or domains, and says of none
   * where it comes from.
   *
   * @param headers the values of all {@code Cookie} headers
   */
  public List<String> tokens(List<String> headers) {
    List<String> tokens = new ArrayList<>(values(headers, name));
    tokens.addAll(values(headers, EARLIER_NAME));
    return tokens;
  }

  /** Whether the token came under our own name. */
  public boolean isCurrent(List<String> headers, String token) {
    return values(headers, name).contains(token);
  }

  /** Whether the token came under the name that all installations had. */
  public boolean isEarlier(List<String> headers, String token) {
    return values(headers, EARLIER_NAME).contains(token);
  }

  private static List<String> values(List<String> headers, String name) {
    List<String> values = new ArrayList<>();
    for (String header : headers) {
      for (String pair : header.split(";")) {
        int equals = pair.indexOf('=');
        if (equals > 0 && pair.substring(0, equals).strip().equals(name)) {
          String value = pair.substring(equals + 1).strip().replaceAll("^\"|\"$", "");
          if (!value.isEmpty()) {
            values.add(value);
          }
        }
      }
    }
    return values;
  }
}
