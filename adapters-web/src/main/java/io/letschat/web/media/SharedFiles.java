package io.letschat.web.media;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.letschat.application.account.SignedIn;
import io.letschat.application.media.OpenFile;
import io.letschat.domain.media.FileName;
import io.letschat.domain.media.ObjectName;
import io.letschat.web.http.Refused;
import io.letschat.web.http.Routes;
import io.letschat.web.http.Visitors;
import java.io.IOException;
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
  private final Visitors visitors;

  SharedFiles(OpenFile openFile, Visitors visitors) {
    this.openFile = openFile;
    this.visitors = visitors;
  }

  @Override
  public void addTo(RoutesConfig routes) {
    Routes.get(routes, "/uploads/{name}", this::open);
  }

  private void open(Context ctx) throws IOException {
    SignedIn who = visitors.signedIn(ctx);
    ObjectName name = ObjectName.read(ctx.pathParam("name")).orElseThrow(Refused::notFound);
    OpenFile.Opened opened = openFile.open(who, name).orElseThrow(Refused::notFound);
    String etag = "\"" + name + "\"";
    ctx.header("Cache-Control", CACHING)
        .header("ETag", etag)
        .header("Content-Security-Policy", POLICY)
        .header("Cross-Origin-Resource-Policy", "same-origin");
    String known = ctx.header("If-None-Match");
    if (known != null && (known.contains(etag) || known.equals("*"))) {
      opened.content().in().close();
      ctx.status(304);
      return;
    }
    ctx.header("Content-Disposition", disposition(name.kind().isImage(), opened.name()))
        .header("Content-Length", Long.toString(opened.content().length()))
        .contentType(name.kind().mediaType())
        .result(opened.content().in());
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
