package io.letschat.web.files;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.letschat.web.http.Refused;
import io.letschat.web.http.Routes;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/**
 * Our stylesheet, scripts and pictures, and the browser's Socket.IO client. Ours live in a folder
 * named after their content: a browser never asks twice for the same, and a page never gets a
 * script of another version.
 */
public final class Assets implements Routes {
  private static final String FOR_EVER = "public, max-age=31536000, immutable";
  private static final String ASK_AGAIN = "no-cache";

  private final Map<String, StaticFile> ours;
  private final Map<String, StaticFile> client;
  private final String version;

  private Assets(Map<String, StaticFile> ours, Map<String, StaticFile> client) {
    this.ours = ours;
    this.client = client;
    this.version = version(ours);
  }

  /** The files that came with the program. */
  public static Assets packaged() {
    return new Assets(
        StaticFile.allIn("/io/letschat/web/assets"),
        StaticFile.allIn("/io/letschat/web/socket.io"));
  }

  /** The path of the folder with our files. */
  public String folder() {
    return "/assets/" + version;
  }

  @Override
  public void addTo(RoutesConfig routes) {
    Routes.get(
        routes,
        "/assets/{version}/<file>",
        ctx -> {
          // A page of another version, as there is for a moment when the program is replaced.
          boolean current = ctx.pathParam("version").equals(version);
          send(ctx, ours, ctx.pathParam("file"), current ? FOR_EVER : ASK_AGAIN);
        });
    Routes.get(
        routes,
        "/socket.io/{file}",
        ctx -> send(ctx, client, ctx.pathParam("file"), "public, max-age=3600"));
    Routes.get(routes, "/favicon.ico", ctx -> send(ctx, ours, "icon.svg", ASK_AGAIN));
  }

  private static void send(
      Context ctx, Map<String, StaticFile> files, String name, String caching) {
    StaticFile file = files.get(name);
    if (file == null) {
      throw Refused.notFound();
    }
    ctx.header("Cache-Control", caching).header("ETag", file.etag());
    String known = ctx.header("If-None-Match");
    if (known != null && (known.contains(file.etag()) || known.equals("*"))) {
      ctx.status(304);
    } else {
      ctx.contentType(file.type()).result(file.bytes());
    }
  }

  private static String version(Map<String, StaticFile> files) {
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
