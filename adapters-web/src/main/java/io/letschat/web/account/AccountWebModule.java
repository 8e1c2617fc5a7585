package io.letschat.web.account;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.multibindings.Multibinder;
import io.letschat.application.account.ChangeUsername;
import io.letschat.application.account.LogIn;
import io.letschat.application.account.Register;
import io.letschat.application.account.RequestPasswordReset;
import io.letschat.application.account.RequestVerification;
import io.letschat.application.account.ResetPassword;
import io.letschat.application.account.VerifyEmail;
import io.letschat.application.account.code.CodeMail;
import io.letschat.application.account.code.DevMailbox;
import io.letschat.application.account.session.LogOut;
import io.letschat.application.account.session.MySessions;
import io.letschat.application.media.Avatars;
import io.letschat.web.http.Routes;
import io.letschat.web.page.PageRenderer;
import io.letschat.web.security.RequestAuthenticator;
import io.letschat.web.security.RequestRateLimits;
import io.letschat.web.security.SessionCookie;
import java.util.Optional;

/** What people do with their accounts: pages and API. */
public final class AccountWebModule extends AbstractModule {
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
  AccountPages accountPages(
      PageRenderer pageRenderer,
      RequestAuthenticator requestAuthenticator,
      RequestRateLimits requestRateLimits) {
    return new AccountPages(pageRenderer, requestAuthenticator, requestRateLimits);
  }

  @Provides
  AccountApi accountApi(
      Register register,
      LogIn logIn,
      LogOut logOut,
      RequestAuthenticator requestAuthenticator,
      AccountPages pages,
      SessionCookie cookie) {
    return new AccountApi(register, logIn, logOut, requestAuthenticator, pages, cookie);
  }

  @Provides
  RecoveryPages recoveryPages(
      PageRenderer pageRenderer,
      RequestAuthenticator requestAuthenticator,
      RequestRateLimits requestRateLimits,
      CodeMail mail,
      Optional<DevMailbox> mailbox) {
    return new RecoveryPages(pageRenderer, requestAuthenticator, requestRateLimits, mail, mailbox);
  }

  @Provides
  RecoveryApi recoveryApi(
      RequestPasswordReset requestPasswordReset, ResetPassword resetPassword, RecoveryPages pages) {
    return new RecoveryApi(requestPasswordReset, resetPassword, pages);
  }

  @Provides
  VerificationPages verificationPages(
      PageRenderer pageRenderer,
      RequestAuthenticator requestAuthenticator,
      RequestRateLimits requestRateLimits,
      Optional<DevMailbox> mailbox) {
    return new VerificationPages(pageRenderer, requestAuthenticator, requestRateLimits, mailbox);
  }

  @Provides
  VerificationApi verificationApi(
      RequestVerification requestVerification,
      VerifyEmail verifyEmail,
      RequestAuthenticator requestAuthenticator,
      VerificationPages pages) {
    return new VerificationApi(requestVerification, verifyEmail, requestAuthenticator, pages);
  }

  @Provides
  SessionList sessionList(MySessions sessions) {
    return new SessionList(sessions);
  }

  @Provides
  SessionApi sessionApi(
      MySessions sessions,
      SessionList list,
      RequestAuthenticator requestAuthenticator,
      RequestRateLimits requestRateLimits,
      SessionCookie cookie) {
    return new SessionApi(sessions, list, requestAuthenticator, requestRateLimits, cookie);
  }

  @Provides
  ProfilePages profilePages(
      PageRenderer pageRenderer,
      RequestAuthenticator requestAuthenticator,
      RequestRateLimits requestRateLimits,
      ChangeUsername changeUsername,
      Avatars avatars) {
    return new ProfilePages(
        pageRenderer, requestAuthenticator, requestRateLimits, changeUsername, avatars);
  }

  @Provides
  MailboxPage mailboxPage(PageRenderer pageRenderer, Optional<DevMailbox> mailbox) {
    return new MailboxPage(pageRenderer, mailbox);
  }
}
