package io.letschat.web.files;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.letschat.web.http.ApiException;
import io.letschat.web.http.Routes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * Our stylesheet, scripts and pictures, and the browser's Socket.IO client. Ours live in a folder
 * named after their content: a browser never asks twice for the same, and a page never gets a
 * script of another version.
 */
public final class Assets implements Routes {
  private static final String FOR_EVER = "public, max-age=31536000, immutable";
  private static final String ASK_AGAIN = "no-cache";

  private static final String FOLDER = "io/letschat/web/assets";

  /** Our files, and the name of what is in them. */
  private record Version(Map<String, StaticFile> files, String name) {
    static Version of(Map<String, StaticFile> files) {
      return new Version(files, digest(files));
    }
  }

  private final Supplier<Version> ours;
  private final Map<String, StaticFile> client;

  private Assets(Supplier<Version> ours) {
    this.ours = ours;
    this.client = StaticFile.allIn("/io/letschat/web/socket.io");
  }

  /** The files that came with the program. */
  public static Assets packaged() {
    var version = Version.of(StaticFile.allIn("/" + FOLDER));
    return new Assets(() -> version);
  }

  /**
   * Our files as they stand in the sources whenever one is asked for.
   *
   * @param resources the root of the resources
   */
  public static Assets reloading(Path resources) {
    return new Assets(() -> {
      try {
        return Version.of(StaticFile.walk(resources.resolve(FOLDER)));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    });
  }

  /** The path of the folder with our files. */
  public String folder() {
    return "/assets/" + ours.get().name();
  }

  @Override
  public void addTo(RoutesConfig routes) {
    Routes.get(
        routes,
        "/assets/{version}/<file>",
        ctx -> {
          // A page of another version, as there is for a moment when the program is replaced.
          Version version = ours.get();
          boolean current = ctx.pathParam("version").equals(version.name());
          send(ctx, version.files(), ctx.pathParam("file"), current ? FOR_EVER : ASK_AGAIN);
        });
    Routes.get(
        routes,
        "/socket.io/{file}",
        ctx -> send(ctx, client, ctx.pathParam("file"), "public, max-age=3600"));
    Routes.get(routes, "/favicon.ico", ctx -> send(ctx, ours.get().files(), "icon.svg", ASK_AGAIN));
  }

  private static void send(
      Context ctx, Map<String, StaticFile> files, String name, String caching) {
    StaticFile file = files.get(name);
    if (file == null) {
      throw ApiException.notFound();
    }
    ctx.header("Cache-Control", caching).header("ETag", file.etag());
    String known = ctx.header("If-None-Match");
    if (known != null && (known.contains(file.etag()) || known.equals("*"))) {
      ctx.status(304);
    } else {
      ctx.contentType(file.type()).result(file.bytes());
    }
  }

  private static String digest(Map<String, StaticFile> files) {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      new TreeMap<>(files)
          .forEach((name, file) -> {
            digest.update(name.getBytes(StandardCharsets.UTF_8));
            digest.update(file.bytes());
          });
      return HexFormat.of().formatHex(digest.digest(), 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
