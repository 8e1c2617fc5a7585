package io.letschat.gateway;

import io.letschat.protocol.GatewayHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The headers by which proxies say for whom they speak: {@code X-Forwarded-*} and RFC 7239. */
public final class ForwardedHeaders {
  public static final String FOR = "x-forwarded-for";
  private static final String PROTO = GatewayHeaders.SCHEME;
  private static final String HOST = GatewayHeaders.HOST;
  public static final String STANDARD = "forwarded";
  private static final int MOST_ELEMENTS = 50;

  private ForwardedHeaders() {}

  /**
   * What the proxies wrote.
   *
   * @param addresses as written, the nearest proxy's word last
   * @param scheme the nearest proxy's word, or empty
   * @param host the nearest proxy's word, or empty
   */
  record Chain(List<String> addresses, String scheme, String host) {}

  public static boolean isForwarding(String name) {
    var lower = name.toLowerCase(Locale.ROOT);
    return lower.startsWith("x-forwarded-")
        || lower.equals(STANDARD)
        || lower.equals("x-real-ip")
        || lower.equals("x-client-ip")
        || lower.equals("true-client-ip")
        || lower.equals("cf-connecting-ip");
  }

  /** Whether anybody claims to have forwarded the request. */
  static boolean isClaimedBy(HttpHeaders headers) {
    for (String name : headers.names()) {
      if (isForwarding(name) || name.equalsIgnoreCase("via")) {
        return true;
      }
    }
    return false;
  }

  /** Reads {@code X-Forwarded-*}, or {@code Forwarded} where the former are absent. */
  static Chain chain(HttpHeaders headers) {
    if (headers.contains(STANDARD) && !headers.contains(FOR)) {
      return standard(String.join(",", headers.getAll(STANDARD)));
    }
    var addresses = list(headers, FOR);
    return new Chain(addresses, last(list(headers, PROTO)), last(list(headers, HOST)));
  }

  private static List<String> list(HttpHeaders headers, String name) {
    var parts = new ArrayList<String>();
    for (String part : String.join(",", headers.getAll(name)).split(",", -1)) {
      if (!part.isBlank()) {
        parts.add(part.strip());
      }
    }
    return parts.subList(Math.max(0, parts.size() - MOST_ELEMENTS), parts.size());
  }

  private static String last(List<String> values) {
    return values.isEmpty() ? "" : values.getLast();
  }

  private static Chain standard(String value) {
    var addresses = new ArrayList<String>();
    var scheme = "";
    var host = "";
    for (String element : splitUnquoted(value, ',')) {
      scheme = "";
      host = "";
      var address = "";
      for (String pair : splitUnquoted(element, ';')) {
        int equals = pair.indexOf('=');
        if (equals < 0) {
          continue;
        }
        var text = unquote(pair.substring(equals + 1).strip());
        switch (pair.substring(0, equals).strip().toLowerCase(Locale.ROOT)) {
          case "for" -> address = text;
          case "proto" -> scheme = text;
          case "host" -> host = text;
          default -> {}
        }
      }
      addresses.add(address);
    }
    int from = Math.max(0, addresses.size() - MOST_ELEMENTS);
    return new Chain(addresses.subList(from, addresses.size()), scheme, host);
  }

  private static List<String> splitUnquoted(String value, char separator) {
    var parts = new ArrayList<String>();
    boolean quoted = false;
    int start = 0;
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '"') {
        quoted = !quoted;
      } else if (c == separator && !quoted) {
        parts.add(value.substring(start, i));
        start = i + 1;
      }
    }
    parts.add(value.substring(start));
    return parts;
  }

  private static String unquote(String text) {
    boolean quoted = text.length() >= 2 && text.startsWith("\"") && text.endsWith("\"");
    return quoted ? text.substring(1, text.length() - 1) : text;
  }

  /** The address in {@code 1.2.3.4}, {@code 1.2.3.4:567}, {@code ::1} or {@code [::1]:567}. */
  static @Nullable InetAddress address(String text) {
    if (text.startsWith("[")) {
      int end = text.indexOf(']');
      return end < 0 ? null : TrustedProxies.address(text.substring(1, end));
    }
    int colon = text.indexOf(':');
    boolean port = colon >= 0 && text.indexOf(':', colon + 1) < 0;
    return TrustedProxies.address(port ? text.substring(0, colon) : text);
  }

  /** An element of {@code Forwarded}. */
  public static String element(InetAddress peer, String scheme, String host) {
    var address = NetUtil.toAddressString(peer);
    var quoted = address.indexOf(':') >= 0 ? "\"[" + address + "]\"" : address;
    return "for=" + quoted + ";proto=" + scheme + (host.isEmpty() ? "" : ";host=\"" + host + "\"");
  }
}
