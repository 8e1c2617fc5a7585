package io.letschat.web.account;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.letschat.application.account.code.DevMailbox;
import io.letschat.domain.account.CodePurpose;
import io.letschat.web.http.ApiException;
import io.letschat.web.http.Routes;
import io.letschat.web.page.Page;
import io.letschat.web.page.PageRenderer;
import io.letschat.web.security.RequestOrigin;
import java.util.Optional;

/**
 * The mails that would have been sent, in development without a key for mail. Only for browsers on
 * the same machine: whoever reads this page can take over any account.
 */
final class MailboxPage implements Routes {
  private final PageRenderer pageRenderer;
  private final Optional<DevMailbox> mailbox;

  MailboxPage(PageRenderer pageRenderer, Optional<DevMailbox> mailbox) {
    this.pageRenderer = pageRenderer;
    this.mailbox = mailbox;
  }

  @Override
  public void addTo(RoutesConfig routes) {
    mailbox.ifPresent(box -> Routes.get(routes, "/dev/mailbox", ctx -> show(ctx, box)));
  }

  private void show(Context ctx, DevMailbox box) {
    if (!RequestOrigin.isThisMachine(ctx) || !RequestOrigin.isAskedByLocalName(ctx)) {
      throw ApiException.notFound();
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
    pageRenderer.show(ctx, 200, new Page.DevMailbox(pageRenderer.frame(ctx), mails));
  }
}
