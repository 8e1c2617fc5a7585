package io.letschat.application;

import java.util.Optional;

/**
 * Makes the addresses that we give out, and reads those that come back. Within the program a path
 * begins at the root of this server, such as {@code /login}, and so does whatever is stored: a
 * reverse proxy may show the server below another path, and that path may change.
 *
 * @param basePath where the server is below its host, such as {@code /chat}; empty at the root
 * @param publicUrl where everybody reaches it, without a slash at the end; ends in the base path
 */
public record Addresses(String basePath, Optional<String> publicUrl) {
  /** At the root of its host, whatever that is called. */
  public static final Addresses AT_THE_ROOT = new Addresses("", Optional.empty());

  /** The path as clients have to ask for it, on the host by which they know the server. */
  public String of(String path) {
    return basePath + path;
  }

  /** For what leaves the page, such as a mail; empty as long as nobody said where we are. */
  public Optional<String> outside(String path) {
    return publicUrl.map(url -> url + path);
  }

  /** The folder of cookies: nobody else's on the host. */
  public String cookiePath() {
    return basePath.isEmpty() ? "/" : basePath;
  }

  /**
   * The path that an address means, with or without a query. One that is not below the base path is
   * taken as it is: some proxies cut the base path off, and probes ask without it.
   */
  public String within(String address) {
    if (basePath.isEmpty() || !address.startsWith(basePath)) {
      return address;
    }
    String rest = address.substring(basePath.length());
    if (rest.startsWith("/")) {
      return rest;
    }
    return rest.isEmpty() || rest.startsWith("?") ? "/" + rest : address;
  }
}
