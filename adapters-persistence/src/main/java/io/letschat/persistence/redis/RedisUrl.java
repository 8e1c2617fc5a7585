package io.letschat.persistence.redis;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.regex.Pattern;

/**
 * Reads {@code REDIS_URL}: {@code redis://user:password@host:port/database}, or {@code rediss://}
 * for TLS. User, password, port and database may be left out.
 *
 * @see <a href="https://www.iana.org/assignments/uri-schemes/prov/redis">The redis URI scheme</a>
 */
public final class RedisUrl {
  private static final int USUAL_PORT = 6379;
  private static final Pattern PATH = Pattern.compile("(/([0-9]{1,4})?)?");

  private RedisUrl() {}

  /**
   * Always with a port.
   *
   * @throws IllegalArgumentException with a sentence that says what is wrong and never repeats the
   *     password
   */
  public static URI parse(String url) {
    URI uri;
    try {
      uri = new URI(url);
    } catch (URISyntaxException e) {
      // Without the cause, whose message has the password in it.
      throw wrong("it is not a URL; characters such as @ : / ? # in a password must be %-encoded");
    }
    if (!"redis".equals(uri.getScheme()) && !"rediss".equals(uri.getScheme())) {
      throw wrong("it begins with redis:// or rediss://");
    }
    if (uri.getHost() == null) {
      throw wrong("the host is missing");
    }
    if (uri.getPort() == 0 || uri.getPort() > 65_535) {
      throw wrong("the port is a number from 1 to 65535");
    }
    String path = uri.getRawPath() == null ? "" : uri.getRawPath();
    if (!PATH.matcher(path).matches() || uri.getRawQuery() != null || uri.getFragment() != null) {
      throw wrong("after the host there is at most the number of a database, such as /0");
    }
    String user = uri.getRawUserInfo() == null ? "" : uri.getRawUserInfo() + "@";
    int port = uri.getPort() < 0 ? USUAL_PORT : uri.getPort();
    return URI.create(uri.getScheme() + "://" + user + uri.getHost() + ":" + port + path);
  }

  private static IllegalArgumentException wrong(String what) {
    return new IllegalArgumentException(what + "; expected something like redis://localhost:6379.");
  }
}
