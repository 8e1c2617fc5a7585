package io.letschat.web.metrics;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.letschat.web.http.ApiException;
import io.letschat.web.http.Routes;
import io.letschat.web.security.RequestOrigin;
import java.util.Optional;

/**
 * {@code /metrics}, for programs on this machine whose request nobody forwarded, and for whoever
 * shows the token. For everybody else it is not there.
 */
public final class MetricsApi implements Routes {
  public static final String PATH = "/metrics";

  private final MetricsText text;
  private final Optional<MetricsToken> token;

  /**
   * @param token {@code METRICS_TOKEN}
   */
  public MetricsApi(MetricsText text, Optional<MetricsToken> token) {
    this.text = text;
    this.token = token;
  }

  @Override
  public void addTo(RoutesConfig routes) {
    Routes.get(routes, PATH, this::tell);
  }

  private void tell(Context ctx) {
    boolean known = token.filter(each -> each.isShownIn(ctx.header("Authorization"))).isPresent();
    if (!known && !RequestOrigin.isThisMachine(ctx)) {
      throw ApiException.notFound();
    }
    ctx.contentType("text/plain; version=0.0.4; charset=utf-8").result(text.now());
  }
}
