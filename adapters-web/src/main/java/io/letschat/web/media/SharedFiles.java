package io.letschat.web.media;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.letschat.application.account.session.AuthenticatedUser;
import io.letschat.application.media.OpenFile;
import io.letschat.domain.media.FileName;
import io.letschat.domain.media.ObjectName;
import io.letschat.web.http.ApiException;
import io.letschat.web.http.Routes;
import io.letschat.web.security.RequestAuthenticator;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/**
 * {@code GET /uploads/{name}}: shared files that are stored here, for members of their room. A file
 * never changes, so a browser keeps it; other caches do not.
 */
final class SharedFiles implements Routes {
  private static final String CACHING = "private, max-age=31536000, immutable";

  /** Whatever a browser might find in a file, it runs nothing of it and fetches nothing for it. */
  static final String POLICY = "default-src 'none'; sandbox";

  private final OpenFile openFile;
  private final RequestAuthenticator requestAuthenticator;

  SharedFiles(OpenFile openFile, RequestAuthenticator requestAuthenticator) {
    this.openFile = openFile;
    this.requestAuthenticator = requestAuthenticator;
  }

  @Override
  public void addTo(RoutesConfig routes) {
    Routes.get(routes, "/uploads/{name}", this::open);
  }

  private void open(Context ctx) throws IOException {
    AuthenticatedUser who = requestAuthenticator.signedIn(ctx);
    ObjectName name = ObjectName.read(ctx.pathParam("name")).orElseThrow(ApiException::notFound);
    OpenFile.Opened opened = openFile.open(who, name).orElseThrow(ApiException::notFound);
    InputStream file = opened.content().in();
    try {
      send(ctx, name, opened);
    } finally {
      if (ctx.resultInputStream() == null) {
        file.close();
      }
    }
  }

  private static void send(Context ctx, ObjectName name, OpenFile.Opened opened)
      throws IOException {
    String etag = "\"" + name + "\"";
    ctx.header("Cache-Control", CACHING)
        .header("ETag", etag)
        .header("Accept-Ranges", "bytes")
        .header("Content-Security-Policy", POLICY)
        .header("Cross-Origin-Resource-Policy", "same-origin");
    String known = ctx.header("If-None-Match");
    if (known != null && (known.contains(etag) || known.equals("*"))) {
      ctx.status(304);
      return;
    }
    ctx.header("Content-Disposition", disposition(name.kind().isImage(), opened.name()))
        .contentType(name.kind().mediaType());
    InputStream file = opened.content().in();
    long length = opened.content().length();
    switch (range(ctx, etag, length)) {
      case ByteRange.Whole() -> answer(ctx, file, length);
      case ByteRange.Part part -> {
        ctx.status(206)
            .header("Content-Range", "bytes " + part.first() + "-" + part.last() + "/" + length);
        answer(ctx, new Excerpt(file, part), part.length());
      }
      case ByteRange.Unsatisfiable() ->
          ctx.status(416)
              .header("Cache-Control", "no-store")
              .header("Content-Range", "bytes */" + length)
              .header("Content-Length", "0");
    }
  }

  /** Ranges mean something for GET only, and for the file that the client has the beginning of. */
  private static ByteRange range(Context ctx, String etag, long length) {
    String condition = ctx.header("If-Range");
    boolean heeded = isGet(ctx) && (condition == null || condition.equals(etag));
    return heeded ? ByteRange.of(ctx.header("Range"), length) : new ByteRange.Whole();
  }

  private static void answer(Context ctx, InputStream content, long length) {
    ctx.header("Content-Length", Long.toString(length));
    if (isGet(ctx)) {
      ctx.result(content);
    }
  }

  private static boolean isGet(Context ctx) {
    return ctx.method() == HandlerType.GET;
  }

  /** RFC 6266: images are shown, everything else is offered for saving, under its own name. */
  private static String disposition(boolean shown, FileName name) {
    String encoded =
        URLEncoder.encode(name.text(), StandardCharsets.UTF_8)
            .replace("+", "%20")
            .replace("*", "%2A");
    return (shown ? "inline" : "attachment") + "; filename*=UTF-8''" + encoded;
  }
}
