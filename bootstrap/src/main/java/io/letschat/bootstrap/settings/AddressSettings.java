package io.letschat.bootstrap.settings;

import io.letschat.application.Addresses;
import io.letschat.web.http.Links;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** {@code BASE_PATH} and {@code PUBLIC_URL}: under which addresses others know this server. */
final class AddressSettings {
  private static final int LONGEST = 200;

  /** What no proxy and no browser writes in another way. */
  private static final Pattern PATH = Pattern.compile("(/(?!\\.{1,2}(/|$))[A-Za-z0-9._~-]+)*");

  private final RawSettings rawSettings;

  AddressSettings(RawSettings rawSettings) {
    this.rawSettings = rawSettings;
  }

  /** Empty if something was refused. */
  Optional<Addresses> read() {
    Optional<String> url = rawSettings.read("PUBLIC_URL", AddressSettings::publicUrl);
    Optional<String> itsPath = url.map(address -> URI.create(address).getRawPath());
    Optional<String> path =
        rawSettings.read("BASE_PATH", itsPath.orElse(""), AddressSettings::basePath);
    if (path.isEmpty() || (rawSettings.given("PUBLIC_URL").isPresent() && url.isEmpty())) {
      return Optional.empty();
    }
    if (itsPath.isPresent() && !itsPath.equals(path)) {
      rawSettings.refuse(
          "BASE_PATH: is %s, but the path of PUBLIC_URL is %s; say the same in both, or leave BASE_PATH out."
              .formatted(shown(path.get()), shown(itsPath.get())));
      return Optional.empty();
    }
    return Optional.of(new Addresses(path.get(), url));
  }

  private static String shown(String path) {
    return path.isEmpty() ? "/" : path;
  }

  private static String basePath(String value) {
    String path = value.endsWith("/") ? value.substring(0, value.length() - 1) : value;
    if (!PATH.matcher(path).matches() || path.length() > LONGEST) {
      throw new IllegalArgumentException(
          "is a path such as /chat or /team/chat: parts of letters, digits and - . _ ~, each behind a slash.");
    }
    String first = path.isEmpty() ? "" : path.split("/", 3)[1];
    if (Links.FIRST_SEGMENTS.contains(first)) {
      throw new IllegalArgumentException(
          "begins with /"
              + first
              + ", which is a path of LetsChat's own; take another, such as /chat.");
    }
    return path;
  }

  private static String publicUrl(String value) {
    try {
      URI uri = URI.create(value.endsWith("/") ? value.substring(0, value.length() - 1) : value);
      String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
      if (List.of("http", "https").contains(scheme)
          && uri.getHost() != null
          && uri.getRawUserInfo() == null
          && uri.getRawQuery() == null
          && uri.getRawFragment() == null
          && PATH.matcher(uri.getRawPath()).matches()) {
        String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
        return scheme + "://" + uri.getHost().toLowerCase(Locale.ROOT) + port + uri.getRawPath();
      }
    } catch (IllegalArgumentException notAUri) {
      // Told below, like everything else that is no address of ours.
    }
    throw new IllegalArgumentException(
        "is the address by which people reach this server, such as https://chat.example.org or https://example.org/chat.");
  }
}
