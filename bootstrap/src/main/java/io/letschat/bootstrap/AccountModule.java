package io.letschat.bootstrap;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import io.letschat.application.Scheduler;
import io.letschat.application.account.Accounts;
import io.letschat.application.account.Authenticate;
import io.letschat.application.account.AuthenticationQueue;
import io.letschat.application.account.ChangeUsername;
import io.letschat.application.account.CodeCheck;
import io.letschat.application.account.CodeHasher;
import io.letschat.application.account.CodeMail;
import io.letschat.application.account.CodeSender;
import io.letschat.application.account.LogIn;
import io.letschat.application.account.LogOut;
import io.letschat.application.account.MySessions;
import io.letschat.application.account.NameWatch;
import io.letschat.application.account.OneTimeCodes;
import io.letschat.application.account.PasswordHasher;
import io.letschat.application.account.Register;
import io.letschat.application.account.RequestPasswordReset;
import io.letschat.application.account.RequestVerification;
import io.letschat.application.account.ResetPassword;
import io.letschat.application.account.SessionCookies;
import io.letschat.application.account.SessionOpener;
import io.letschat.application.account.SessionTokens;
import io.letschat.application.account.SessionWatch;
import io.letschat.application.account.Sessions;
import io.letschat.application.account.VerifiedOnly;
import io.letschat.application.account.VerifyEmail;
import io.letschat.application.limit.RateLimiter;
import java.security.SecureRandom;
import java.time.InstantSource;

/** Who somebody is. */
final class AccountModule extends AbstractModule {
  private final Settings settings;

  AccountModule(Settings settings) {
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
  LogOut logOut(Sessions sessions, SessionWatch watch) {
    return new LogOut(sessions, watch);
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
  CodeSender codeSender(
      OneTimeCodes codes,
      CodeHasher hasher,
      CodeMail mail,
      SecureRandom random,
      InstantSource clock) {
    return new CodeSender(codes, hasher, mail, random, clock);
  }

  @Provides
  CodeCheck codeCheck(
      OneTimeCodes codes, CodeHasher hasher, RateLimiter limiter, InstantSource clock) {
    return new CodeCheck(codes, hasher, limiter, clock);
  }

  @Provides
  RequestPasswordReset requestPasswordReset(
      Accounts accounts, CodeSender codes, RateLimiter limiter, Scheduler scheduler) {
    return new RequestPasswordReset(accounts, codes, limiter, scheduler);
  }

  @Provides
  ResetPassword resetPassword(
      Accounts accounts, CodeCheck codes, PasswordHasher passwords, SessionWatch watch) {
    return new ResetPassword(accounts, codes, passwords, watch);
  }

  @Provides
  RequestVerification requestVerification(CodeSender codes, RateLimiter limiter) {
    return new RequestVerification(codes, limiter);
  }

  @Provides
  VerifyEmail verifyEmail(Accounts accounts, CodeCheck codes) {
    return new VerifyEmail(accounts, codes);
  }

  @Provides
  MySessions mySessions(Sessions sessions, SessionWatch watch, InstantSource clock) {
    return new MySessions(sessions, watch, clock);
  }

  @Provides
  ChangeUsername changeUsername(Accounts accounts, NameWatch watch) {
    return new ChangeUsername(accounts, watch);
  }

  @Provides
  VerifiedOnly verifiedOnly(Accounts accounts) {
    return new VerifiedOnly(settings.requireVerifiedEmail(), accounts);
  }
}
