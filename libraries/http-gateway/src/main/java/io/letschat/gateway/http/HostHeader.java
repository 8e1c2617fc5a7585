package io.letschat.gateway.http;

import java.util.regex.Pattern;

/** The syntax of a Host header (RFC 9110, 7.2): a name or an address, and perhaps a port. */
public final class HostHeader {
  private static final Pattern VALID =
      Pattern.compile(
          "(?:[A-Za-z0-9._~%!$&'()*+,;=-]{1,255}|\\[[0-9A-Fa-f:.]{2,45}])(?::[0-9]{0,5})?");

  private HostHeader() {}

  public static boolean isValid(String value) {
    return value.length() <= 300 && VALID.matcher(value).matches();
  }
}
