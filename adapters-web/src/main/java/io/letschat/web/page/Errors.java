package io.letschat.web.page;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import io.javalin.router.Endpoint;
import io.letschat.application.StoreUnavailable;
import io.letschat.application.sentence.Sentences;
import io.letschat.domain.Sentence;
import io.letschat.protocol.RetryAfter;
import io.letschat.web.http.ApiException;
import io.letschat.web.http.ApiJson;
import io.letschat.web.http.FormOrJsonBody;
import io.letschat.web.http.Routes;
import io.letschat.web.http.SafePath;
import io.letschat.web.sentence.RequestLanguage;
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

  private final PageRenderer pageRenderer;

  public Errors(PageRenderer pageRenderer) {
    this.pageRenderer = pageRenderer;
  }

  @JsonInclude(JsonInclude.Include.NON_NULL)
  private record Body(String message, String code, @Nullable Map<String, String> fields) {}

  @Override
  public void addTo(RoutesConfig routes) {
    routes.exception(ApiException.class, this::refuse);
    routes.exception(HttpResponseException.class, (e, ctx) -> refuse(translated(e, ctx), ctx));
    routes.exception(StoreUnavailable.class, (e, ctx) -> refuse(unavailable(e, ctx), ctx));
    routes.exception(Exception.class, (e, ctx) -> refuse(unexpected(e, ctx), ctx));
  }

  private static ApiException unavailable(StoreUnavailable away, Context ctx) {
    LOG.warn("{} {} failed: {}", ctx.method(), route(ctx), away.toString());
    return ApiException.unavailable(RetryAfter.WHEN_UNAVAILABLE);
  }

  private static ApiException unexpected(Exception e, Context ctx) {
    LOG.error("{} {} failed", ctx.method(), route(ctx), e);
    return ApiException.of(500, "internal_error", Sentence.of("request.internal-error"));
  }

  /** Never the path itself: the names of files are in it. */
  private static String route(Context ctx) {
    Endpoint endpoint = ctx.endpoints().matchedHttpEndpoint();
    return endpoint == null ? "something" : endpoint.path;
  }

  private void refuse(ApiException apiException, Context ctx) {
    ctx.attribute(REFUSED, apiException.code());
    Sentences sentences = RequestLanguage.of(ctx);
    apiException
        .retryAfter()
        .ifPresent(wait -> ctx.header("Retry-After", "" + RetryAfter.seconds(wait)));
    if (!wantsPage(ctx)) {
      Map<String, String> fields = apiException.fieldsSaid(sentences);
      ApiJson.answer(
          ctx,
          apiException.status(),
          new Body(
              apiException.said(sentences), apiException.code(), fields.isEmpty() ? null : fields));
    } else if (apiException.status() == 401) {
      PageRenderer.seeOther(
          ctx, SafePath.loginThen(ctx, ctx.method().name().equals("GET") ? here(ctx) : "/"));
    } else {
      pageRenderer.show(
          ctx,
          apiException.status(),
          new Page.Failure(
              frame(ctx, apiException),
              apiException.status(),
              sentences.of(title(apiException.status())),
              apiException.said(sentences)));
    }
  }

  /** When things are broken, the page about it must not need them. */
  private PageLayout frame(Context ctx, ApiException apiException) {
    try {
      return apiException.status() >= 500 ? pageRenderer.plainFrame(ctx) : pageRenderer.frame(ctx);
    } catch (RuntimeException e) {
      LOG.warn("who asks for {} cannot be looked up: {}", route(ctx), e.toString());
      return pageRenderer.plainFrame(ctx);
    }
  }

  /**
   * Programs ask for JSON, under /api, or for the metrics; forms and everything else are people.
   */
  private static boolean wantsPage(Context ctx) {
    String accept = ctx.header("Accept");
    String accepted = accept == null ? "" : accept.toLowerCase(Locale.ROOT);
    if (FormOrJsonBody.isForm(ctx)) {
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

  private static ApiException translated(HttpResponseException e, Context ctx) {
    return switch (e.getStatus()) {
      case 404 -> ApiException.notFound();
      case 405 -> {
        String methods = e.getDetails().getOrDefault("availableMethods", "");
        ctx.header("Allow", methods);
        yield ApiException.of(405, "method_not_allowed", Sentence.of("request.method"));
      }
      case 413 -> FormOrJsonBody.tooLong();
      default -> ApiException.of(e.getStatus(), "refused", Sentence.of("request.refused"));
    };
  }

  private static Sentence title(int status) {
    return switch (status) {
      case 404 -> Sentence.of("failure.not-found");
      case 403 -> Sentence.of("failure.forbidden");
      case 405, 400, 413, 415, 422 -> Sentence.of("failure.refused");
      case 429 -> Sentence.of("failure.too-often");
      case 503 -> Sentence.of("failure.unavailable");
      default -> status >= 500 ? Sentence.of("failure.internal") : Sentence.of("failure.refused");
    };
  }
}
