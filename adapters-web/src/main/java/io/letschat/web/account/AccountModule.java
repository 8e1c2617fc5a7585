package io.letschat.web.account;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.multibindings.Multibinder;
import io.letschat.application.account.ChangeUsername;
import io.letschat.application.account.CodeMail;
import io.letschat.application.account.LogIn;
import io.letschat.application.account.LogOut;
import io.letschat.application.account.Mailbox;
import io.letschat.application.account.MySessions;
import io.letschat.application.account.Register;
import io.letschat.application.account.RequestPasswordReset;
import io.letschat.application.account.RequestVerification;
import io.letschat.application.account.ResetPassword;
import io.letschat.application.account.VerifyEmail;
import io.letschat.application.media.Avatars;
import io.letschat.web.http.Limits;
import io.letschat.web.http.Routes;
import io.letschat.web.http.SessionCookie;
import io.letschat.web.http.Site;
import io.letschat.web.http.Visitors;
import java.util.Optional;

/** What people do with their accounts: pages and API. */
public final class AccountModule extends AbstractModule {
  @Override
  protected void configure() {
    Multibinder<Routes> routes = Multibinder.newSetBinder(binder(), Routes.class);
    routes.addBinding().to(AccountApi.class);
    routes.addBinding().to(AccountPages.class);
    routes.addBinding().to(RecoveryApi.class);
    routes.addBinding().to(RecoveryPages.class);
    routes.addBinding().to(VerificationApi.class);
    routes.addBinding().to(VerificationPages.class);
    routes.addBinding().to(SessionApi.class);
    routes.addBinding().to(ProfilePages.class);
    routes.addBinding().to(MailboxPage.class);
  }

  @Provides
  AccountPages accountPages(Site site, Visitors visitors, Limits limits) {
    return new AccountPages(site, visitors, limits);
  }

  @Provides
  AccountApi accountApi(
      Register register,
      LogIn logIn,
      LogOut logOut,
      Visitors visitors,
      AccountPages pages,
      SessionCookie cookie) {
    return new AccountApi(register, logIn, logOut, visitors, pages, cookie);
  }

  @Provides
  RecoveryPages recoveryPages(
      Site site, Visitors visitors, Limits limits, CodeMail mail, Optional<Mailbox> mailbox) {
    return new RecoveryPages(site, visitors, limits, mail, mailbox);
  }

  @Provides
  RecoveryApi recoveryApi(
      RequestPasswordReset requestPasswordReset, ResetPassword resetPassword, RecoveryPages pages) {
    return new RecoveryApi(requestPasswordReset, resetPassword, pages);
  }

  @Provides
  VerificationPages verificationPages(
      Site site, Visitors visitors, Limits limits, Optional<Mailbox> mailbox) {
    return new VerificationPages(site, visitors, limits, mailbox);
  }

  @Provides
  VerificationApi verificationApi(
      RequestVerification requestVerification,
      VerifyEmail verifyEmail,
      Visitors visitors,
      VerificationPages pages) {
    return new VerificationApi(requestVerification, verifyEmail, visitors, pages);
  }

  @Provides
  SessionList sessionList(MySessions sessions) {
    return new SessionList(sessions);
  }

  @Provides
  SessionApi sessionApi(
      MySessions sessions,
      SessionList list,
      Visitors visitors,
      Limits limits,
      SessionCookie cookie) {
    return new SessionApi(sessions, list, visitors, limits, cookie);
  }

  @Provides
  ProfilePages profilePages(
      Site site, Visitors visitors, Limits limits, ChangeUsername changeUsername, Avatars avatars) {
    return new ProfilePages(site, visitors, limits, changeUsername, avatars);
  }

  @Provides
  MailboxPage mailboxPage(Site site, Optional<Mailbox> mailbox) {
    return new MailboxPage(site, mailbox);
  }
}
