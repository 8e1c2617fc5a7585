package io.letschat.web.http;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Handler;

/** Some of the paths that the server answers. */
public interface Routes {
  /** Adds them. */
  void addTo(RoutesConfig routes);

  /** A path that is read: GET, and HEAD, which is the same without the body. */
  static void get(RoutesConfig routes, String path, Handler handler) {
    routes.get(path, handler);
    routes.head(path, handler);
  }
}
