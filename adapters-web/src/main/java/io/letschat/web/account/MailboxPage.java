package io.letschat.web.account;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.letschat.application.account.Mailbox;
import io.letschat.domain.account.CodePurpose;
import io.letschat.web.http.ClientAddress;
import io.letschat.web.http.Refused;
import io.letschat.web.http.Routes;
import io.letschat.web.http.Site;
import io.letschat.web.page.Page;
import java.util.Optional;

/**
 * The mails that would have been sent, in development without a key for mail. Only for browsers on
 * the same machine: whoever reads this page can take over any account.
 */
final class MailboxPage implements Routes {
  private final Site site;
  private final Optional<Mailbox> mailbox;

  MailboxPage(Site site, Optional<Mailbox> mailbox) {
    this.site = site;
    this.mailbox = mailbox;
  }

  @Override
  public void addTo(RoutesConfig routes) {
    mailbox.ifPresent(box -> Routes.get(routes, "/dev/mailbox", ctx -> show(ctx, box)));
  }

  private void show(Context ctx, Mailbox box) {
    if (!ClientAddress.isThisMachine(ctx) || !ClientAddress.isAskedByLocalName(ctx)) {
      throw Refused.notFound();
    }
    var mails =
        box.latest().stream()
            .map(mail ->
                new Page.MailCard(
                    mail.to().text(),
                    mail.purpose() == CodePurpose.RECOVERY,
                    mail.code().digits(),
                    mail.at()))
            .toList();
    site.show(ctx, 200, new Page.DevMailbox(site.frame(ctx), mails));
  }
}
