package io.letschat.web;

import io.javalin.Javalin;
import io.letschat.application.sentence.Sentences;
import io.letschat.web.http.Compression;
import io.letschat.web.http.Links;
import io.letschat.web.http.LogContext;
import io.letschat.web.http.Routes;
import io.letschat.web.metrics.HttpMetrics;
import io.letschat.web.page.Errors;
import io.letschat.web.security.CrossOriginGuard;
import io.letschat.web.security.ProxySecretFilter;
import io.letschat.web.security.SecurityHeaders;
import io.letschat.web.sentence.RequestLanguage;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Set;
import org.eclipse.jetty.server.handler.GracefulHandler;

/**
 * Answers HTTP requests on a loopback port of its own, for the front alone. Requests run on virtual
 * threads.
 */
public final class WebServer implements AutoCloseable {
  private static final long STOP_MILLIS = 5_000;
  private static final int HEAD_BYTES = 64 * 1024;

  private final Javalin javalin;

  WebServer(
      WebSettings settings,
      Sentences sentences,
      Errors errors,
      HttpMetrics metrics,
      Set<Routes> routes) {
    var door = new ProxySecretFilter(settings.gatewaySecret());
    var headers = new SecurityHeaders(settings.imageOrigins());
    var otherSites = new CrossOriginGuard(settings.friendlyOrigins());
    javalin =
        Javalin.create(config -> {
          config.startup.showJavalinBanner = false;
          config.startup.startupWatcherEnabled = false;
          config.concurrency.useVirtualThreads = true;
          config.http.prefer405over404 = true;
          config.jetty.host = InetAddress.getLoopbackAddress().getHostAddress();
          config.jetty.port = 0;
          config.jetty.modifyServer(server -> {
            server.setHandler(new GracefulHandler(new LogContext()));
            server.setStopTimeout(STOP_MILLIS);
            server.setErrorHandler(new BareErrors(sentences));
          });
          config.jetty.modifyHttpConfiguration(http -> {
            http.setSendServerVersion(false);
            // The front has its own bound, and answers in our words.
            http.setRequestHeaderSize(HEAD_BYTES);
          });
          Links.use(settings.addresses(), config);
          RequestLanguage.use(sentences, config);
          config.requestLogger.http(metrics);
          config.routes.before(headers);
          config.routes.before(door);
          config.routes.before(otherSites);
          config.routes.after(new Compression());
          errors.addTo(config.routes);
          routes.forEach(each -> each.addTo(config.routes));
        });
  }

  /** What is answered, such as {@code GET /rooms/{id}}. */
  List<String> routes() {
    return javalin.unsafe.internalRouter.allHttpHandlers().stream()
        .map(handler -> handler.endpoint)
        .filter(endpoint -> endpoint.method.isHttpMethod())
        .map(endpoint -> endpoint.method.name() + " " + endpoint.path)
        .toList();
  }

  /** Starts to listen; the address is for the front. */
  public InetSocketAddress start() {
    javalin.start();
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), javalin.port());
  }

  /** Lets requests that have begun finish, for at most five seconds, and takes no new ones. */
  @Override
  public void close() {
    javalin.stop();
  }
}
