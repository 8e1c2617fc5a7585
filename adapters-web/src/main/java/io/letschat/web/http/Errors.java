package io.letschat.web.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import io.javalin.router.Endpoint;
import io.letschat.application.StoreUnavailable;
import io.letschat.web.page.Frame;
import io.letschat.web.page.Page;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns whatever a handler throws into an answer: JSON for programs, a page for browsers. */
public final class Errors implements Routes {
  /** The attribute of a request that was refused: the code of why. */
  public static final String REFUSED = "letschat.refused";

  private static final Logger LOG = LoggerFactory.getLogger(Errors.class);

  private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

  private final Site site;

  public Errors(Site site) {
    this.site = site;
  }

  @JsonInclude(JsonInclude.Include.NON_NULL)
  private record Body(String message, String code, @Nullable Map<String, String> fields) {}

  @Override
  public void addTo(RoutesConfig routes) {
    routes.exception(Refused.class, this::refuse);
    routes.exception(HttpResponseException.class, (e, ctx) -> refuse(translated(e, ctx), ctx));
    routes.exception(StoreUnavailable.class, (e, ctx) -> refuse(unavailable(e, ctx), ctx));
    routes.exception(Exception.class, (e, ctx) -> refuse(unexpected(e, ctx), ctx));
  }

  private static Refused unavailable(StoreUnavailable away, Context ctx) {
    LOG.warn("{} {} failed: {}", ctx.method(), route(ctx), away.toString());
    return Refused.unavailable(RETRY_AFTER);
  }

  private static Refused unexpected(Exception e, Context ctx) {
    LOG.error("{} {} failed", ctx.method(), route(ctx), e);
    return Refused.of(500, "internal_error", "Something went wrong on our side. Please try again.");
  }

  /** Never the path itself: the names of files are in it. */
  private static String route(Context ctx) {
    Endpoint endpoint = ctx.endpoints().matchedHttpEndpoint();
    return endpoint == null ? "something" : endpoint.path;
  }

  private void refuse(Refused refused, Context ctx) {
    ctx.attribute(REFUSED, refused.code());
    refused
        .retryAfter()
        .ifPresent(wait -> ctx.header("Retry-After", "" + Refused.wholeSeconds(wait)));
    if (!wantsPage(ctx)) {
      var fields = refused.fields().isEmpty() ? null : refused.fields();
      Json.answer(ctx, refused.status(), new Body(refused.sentence(), refused.code(), fields));
    } else if (refused.status() == 401) {
      Site.seeOther(
          ctx, SafePath.loginThen(ctx, ctx.method().name().equals("GET") ? here(ctx) : "/"));
    } else {
      site.show(
          ctx,
          refused.status(),
          new Page.Failure(
              frame(ctx, refused), refused.status(), title(refused.status()), refused.sentence()));
    }
  }

  /** When things are broken, the page about it must not need them. */
  private Frame frame(Context ctx, Refused refused) {
    try {
      return refused.status() >= 500 ? site.plainFrame() : site.frame(ctx);
    } catch (RuntimeException e) {
      LOG.warn("who asks for {} cannot be looked up: {}", route(ctx), e.toString());
      return site.plainFrame();
    }
  }

  /**
   * Programs ask for JSON, under /api, or for the metrics; forms and everything else are people.
   */
  private static boolean wantsPage(Context ctx) {
    String accept = ctx.header("Accept");
    String accepted = accept == null ? "" : accept.toLowerCase(Locale.ROOT);
    if (Submission.isForm(ctx)) {
      return accepted.isEmpty() || accepted.contains("text/html") || accepted.contains("*/*");
    }
    boolean json = accepted.contains("json") && !accepted.contains("text/html");
    boolean body = ctx.req().getContentType() != null;
    return !ctx.path().startsWith("/api/") && !ctx.path().equals("/metrics") && !json && !body;
  }

  private static String here(Context ctx) {
    String query = ctx.queryString();
    return query == null ? ctx.path() : ctx.path() + "?" + query;
  }

  private static Refused translated(HttpResponseException e, Context ctx) {
    return switch (e.getStatus()) {
      case 404 -> Refused.notFound();
      case 405 -> {
        String methods = e.getDetails().getOrDefault("availableMethods", "");
        ctx.header("Allow", methods);
        yield Refused.of(405, "method_not_allowed", "That is not done this way here.");
      }
      case 413 ->
          Refused.of(413, "body_too_large", "The body of the request is larger than 64 KiB.");
      default -> Refused.of(e.getStatus(), "refused", "The request cannot be answered.");
    };
  }

  private static String title(int status) {
    return switch (status) {
      case 404 -> "There is nothing here";
      case 403 -> "That is not allowed";
      case 405, 400, 413, 415, 422 -> "That did not work";
      case 429 -> "A little too fast";
      case 503 -> "Not at the moment";
      default -> status >= 500 ? "Something went wrong" : "That did not work";
    };
  }
}
