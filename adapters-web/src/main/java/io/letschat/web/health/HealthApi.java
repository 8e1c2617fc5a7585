package io.letschat.web.health;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.letschat.domain.Sentence;
import io.letschat.web.http.ApiJson;
import io.letschat.web.http.Routes;
import io.letschat.web.sentence.RequestLanguage;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code /healthz}: the program runs. {@code /readyz}: it can do its work. */
public final class HealthApi implements Routes {
  private static final Logger LOG = LoggerFactory.getLogger(HealthApi.class);

  private final Set<ReadyCheck> checks;
  private final Stopping stopping;

  public HealthApi(Set<ReadyCheck> checks, Stopping stopping) {
    this.checks = checks;
    this.stopping = stopping;
  }

  private record AliveBody(String status) {}

  private record ReadyBody(String status, Map<String, Boolean> checks) {}

  private record NotReadyBody(String message, String code, Map<String, Boolean> checks) {}

  @Override
  public void addTo(RoutesConfig routes) {
    Routes.get(routes, "/healthz", ctx -> ApiJson.answer(ctx, 200, new AliveBody("alive")));
    Routes.get(routes, "/readyz", this::ready);
  }

  private void ready(Context ctx) {
    var results = new TreeMap<String, Boolean>();
    checks.forEach(check -> results.put(check.name(), isReady(check)));
    if (stopping.hasBegun()) {
      ApiJson.answer(
          ctx,
          503,
          new NotReadyBody(
              RequestLanguage.say(ctx, Sentence.of("health.stopping")), "stopping", results));
    } else if (results.containsValue(false)) {
      ctx.header("Retry-After", "1");
      ApiJson.answer(
          ctx,
          503,
          new NotReadyBody(
              RequestLanguage.say(ctx, Sentence.of("health.not-ready")), "not_ready", results));
    } else {
      ApiJson.answer(ctx, 200, new ReadyBody("ready", results));
    }
  }

  private static boolean isReady(ReadyCheck check) {
    try {
      return check.isReady();
    } catch (RuntimeException e) {
      LOG.warn("{} cannot be reached: {}", check.name(), e.toString());
      return false;
    }
  }
}
