package io.letschat.bootstrap.wiring;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import io.letschat.application.Scheduler;
import io.letschat.application.account.Accounts;
import io.letschat.application.account.ChangeUsername;
import io.letschat.application.account.EmailVerificationPolicy;
import io.letschat.application.account.LogIn;
import io.letschat.application.account.PasswordHasher;
import io.letschat.application.account.Register;
import io.letschat.application.account.RequestPasswordReset;
import io.letschat.application.account.RequestVerification;
import io.letschat.application.account.ResetPassword;
import io.letschat.application.account.VerifyEmail;
import io.letschat.application.account.code.CodeHasher;
import io.letschat.application.account.code.CodeIssuer;
import io.letschat.application.account.code.CodeMail;
import io.letschat.application.account.code.CodeVerifier;
import io.letschat.application.account.code.OneTimeCodes;
import io.letschat.application.account.session.Authenticate;
import io.letschat.application.account.session.AuthenticationQueue;
import io.letschat.application.account.session.LogOut;
import io.letschat.application.account.session.MySessions;
import io.letschat.application.account.session.SessionCloser;
import io.letschat.application.account.session.SessionCookies;
import io.letschat.application.account.session.SessionOpener;
import io.letschat.application.account.session.SessionTokens;
import io.letschat.application.account.session.Sessions;
import io.letschat.application.delivery.cluster.ClusterBus;
import io.letschat.application.delivery.cluster.NameListener;
import io.letschat.application.delivery.cluster.SessionListener;
import io.letschat.application.limit.RateLimiter;
import io.letschat.bootstrap.settings.Settings;
import java.security.SecureRandom;
import java.time.InstantSource;

/** Who somebody is. */
final class AccountUseCases extends AbstractModule {
  private final Settings settings;

  AccountUseCases(Settings settings) {
    this.settings = settings;
  }

  @Provides
  SessionOpener sessionOpener(
      Sessions sessions, SessionTokens tokens, SecureRandom random, InstantSource clock) {
    return new SessionOpener(sessions, tokens, random, clock);
  }

  @Provides
  Register register(
      Accounts accounts,
      PasswordHasher passwords,
      SessionOpener sessions,
      RateLimiter limiter,
      InstantSource clock) {
    return new Register(accounts, passwords, sessions, limiter, clock);
  }

  @Provides
  @Singleton
  LogIn logIn(
      Accounts accounts, PasswordHasher passwords, SessionOpener sessions, RateLimiter limiter) {
    return new LogIn(accounts, passwords, sessions, limiter);
  }

  @Provides
  SessionCloser sessionCloser(SessionListener sockets, ClusterBus bus) {
    return new SessionCloser(sockets, bus);
  }

  @Provides
  LogOut logOut(Sessions sessions, SessionCloser closer) {
    return new LogOut(sessions, closer);
  }

  @Provides
  Authenticate authenticate(SessionTokens tokens, Sessions sessions, InstantSource clock) {
    return new Authenticate(tokens, sessions, clock);
  }

  /** All nodes have the secret in common, and a new one ends all sessions anyway. */
  @Provides
  SessionCookies sessionCookies() {
    return SessionCookies.of(settings.secrets().jwt());
  }

  @Provides
  @Singleton
  AuthenticationQueue authenticationQueue(
      SessionTokens tokens, Sessions sessions, InstantSource clock, Scheduler scheduler) {
    return new AuthenticationQueue(tokens, sessions, clock, scheduler);
  }

  @Provides
  CodeIssuer codeIssuer(
      OneTimeCodes codes,
      CodeHasher hasher,
      CodeMail mail,
      SecureRandom random,
      InstantSource clock) {
    return new CodeIssuer(codes, hasher, mail, random, clock);
  }

  @Provides
  CodeVerifier codeVerifier(
      OneTimeCodes codes, CodeHasher hasher, RateLimiter limiter, InstantSource clock) {
    return new CodeVerifier(codes, hasher, limiter, clock);
  }

  @Provides
  RequestPasswordReset requestPasswordReset(
      Accounts accounts, CodeIssuer codes, RateLimiter limiter, Scheduler scheduler) {
    return new RequestPasswordReset(accounts, codes, limiter, scheduler);
  }

  @Provides
  ResetPassword resetPassword(
      Accounts accounts, CodeVerifier codes, PasswordHasher passwords, SessionCloser closer) {
    return new ResetPassword(accounts, codes, passwords, closer);
  }

  @Provides
  RequestVerification requestVerification(CodeIssuer codes, RateLimiter limiter) {
    return new RequestVerification(codes, limiter);
  }

  @Provides
  VerifyEmail verifyEmail(Accounts accounts, CodeVerifier codes) {
    return new VerifyEmail(accounts, codes);
  }

  @Provides
  MySessions mySessions(Sessions sessions, SessionCloser closer, InstantSource clock) {
    return new MySessions(sessions, closer, clock);
  }

  @Provides
  ChangeUsername changeUsername(Accounts accounts, NameListener names, ClusterBus bus) {
    return new ChangeUsername(accounts, names, bus);
  }

  @Provides
  EmailVerificationPolicy emailVerificationPolicy(Accounts accounts) {
    return new EmailVerificationPolicy(settings.requireVerifiedEmail(), accounts);
  }
}
