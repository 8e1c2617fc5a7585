package io.letschat.web.account;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.letschat.application.account.Mailbox;
import io.letschat.application.account.SignedIn;
import io.letschat.web.http.Limits;
import io.letschat.web.http.Refused;
import io.letschat.web.http.Routes;
import io.letschat.web.http.Site;
import io.letschat.web.http.Visitors;
import io.letschat.web.page.Page;
import io.letschat.web.page.Refusal;
import java.util.Optional;

/** The page on which somebody verifies the address. */
final class VerificationPages implements Routes {
  private final Site site;
  private final Visitors visitors;
  private final Limits limits;
  private final boolean mailbox;

  VerificationPages(Site site, Visitors visitors, Limits limits, Optional<Mailbox> mailbox) {
    this.site = site;
    this.visitors = visitors;
    this.limits = limits;
    this.mailbox = mailbox.isPresent();
  }

  @Override
  public void addTo(RoutesConfig routes) {
    Routes.get(routes, "/verify-email", this::page);
  }

  private void page(Context ctx) {
    SignedIn who = visitors.signedIn(ctx);
    limits.reading(ctx);
    if (who.account().verified()) {
      Site.seeOther(ctx, "/dashboard");
    } else {
      show(ctx, who, 200, Refusal.none());
    }
  }

  void again(Context ctx, SignedIn who, Refused refused) {
    show(ctx, who, refused.status(), Site.refusal(refused));
  }

  private void show(Context ctx, SignedIn who, int status, Refusal refusal) {
    site.show(
        ctx,
        status,
        new Page.VerifyEmail(site.frame(ctx), who.account().email().text(), mailbox, refusal));
  }
}
