package io.letschat.web;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import io.letschat.application.account.Authenticate;
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
import io.letschat.application.limit.RateLimiter;
import io.letschat.application.media.Avatars;
import io.letschat.application.media.ChangeAvatar;
import io.letschat.application.media.OpenFile;
import io.letschat.application.media.ScratchSpace;
import io.letschat.application.media.ShareFile;
import io.letschat.application.message.ReadHistory;
import io.letschat.application.room.EndMembership;
import io.letschat.application.room.EnterRoom;
import io.letschat.application.room.MyRooms;
import io.letschat.application.room.RoomAccess;
import io.letschat.web.account.AccountApi;
import io.letschat.web.account.AccountPages;
import io.letschat.web.account.MailboxPage;
import io.letschat.web.account.ProfilePages;
import io.letschat.web.account.RecoveryApi;
import io.letschat.web.account.RecoveryPages;
import io.letschat.web.account.SessionApi;
import io.letschat.web.account.SessionList;
import io.letschat.web.account.VerificationApi;
import io.letschat.web.account.VerificationPages;
import io.letschat.web.files.Assets;
import io.letschat.web.health.HealthApi;
import io.letschat.web.health.ReadyCheck;
import io.letschat.web.health.Stopping;
import io.letschat.web.http.Errors;
import io.letschat.web.http.Limits;
import io.letschat.web.http.Site;
import io.letschat.web.http.Visitors;
import io.letschat.web.media.AvatarApi;
import io.letschat.web.media.SharedFiles;
import io.letschat.web.media.UploadApi;
import io.letschat.web.message.HistoryApi;
import io.letschat.web.metrics.HttpMetrics;
import io.letschat.web.metrics.MetricsApi;
import io.letschat.web.metrics.MetricsText;
import io.letschat.web.page.Pages;
import io.letschat.web.room.RoomApi;
import io.letschat.web.room.RoomPages;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The pages and the HTTP API. Needs the use cases, a {@link WebSettings}, an {@link InstantSource},
 * a set of {@link ReadyCheck}s, {@link Stopping}, a {@link MeterRegistry} and its {@link
 * MetricsText}; gives a {@link WebServer}.
 */
public final class WebModule extends AbstractModule {
  private final Optional<Path> sources;

  /** With the templates and files that came with the program. */
  public WebModule() {
    this(Optional.empty());
  }

  private WebModule(Optional<Path> sources) {
    this.sources = sources;
  }

  /**
   * With templates and files as they are saved, for development; needs a JDK.
   *
   * @param module the folder of this module's sources
   */
  public static WebModule reloading(Path module) {
    return new WebModule(Optional.of(module));
  }

  @Provides
  @Singleton
  Assets assets() {
    return sources
        .map(module -> Assets.reloading(module.resolve("src/main/resources")))
        .orElseGet(Assets::packaged);
  }

  @Provides
  @Singleton
  Pages pages() {
    return sources
        .map(module ->
            Pages.reloading(module.resolve("src/main/jte"), module.resolve("target/jte-reloaded")))
        .orElseGet(Pages::precompiled);
  }

  @Provides
  @Singleton
  Visitors visitors(Authenticate authenticate) {
    return new Visitors(authenticate);
  }

  @Provides
  @Singleton
  Limits limits(RateLimiter limiter, Visitors visitors) {
    return new Limits(limiter, visitors);
  }

  @Provides
  @Singleton
  Site site(Pages pages, Assets assets, Visitors visitors, CodeMail mail) {
    return new Site(pages, assets::folder, visitors, mail);
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
      InstantSource clock) {
    return new AccountApi(register, logIn, logOut, visitors, pages, clock);
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
  SessionApi sessionApi(MySessions sessions, SessionList list, Visitors visitors, Limits limits) {
    return new SessionApi(sessions, list, visitors, limits);
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

  @Provides
  RoomPages roomPages(
      Site site,
      Visitors visitors,
      Limits limits,
      MyRooms myRooms,
      RoomAccess access,
      SessionList sessions) {
    return new RoomPages(site, visitors, limits, myRooms, access, sessions);
  }

  @Provides
  RoomApi roomApi(
      EnterRoom enterRoom,
      EndMembership endMembership,
      Visitors visitors,
      Limits limits,
      RoomPages pages) {
    return new RoomApi(enterRoom, endMembership, visitors, limits, pages);
  }

  @Provides
  HistoryApi historyApi(ReadHistory readHistory, Visitors visitors, Limits limits) {
    return new HistoryApi(readHistory, visitors, limits);
  }

  @Provides
  UploadApi uploadApi(
      ShareFile shareFile, ScratchSpace scratchSpace, Visitors visitors, Limits limits) {
    return new UploadApi(shareFile, scratchSpace, visitors, limits);
  }

  @Provides
  AvatarApi avatarApi(
      ChangeAvatar changeAvatar,
      Avatars avatars,
      ScratchSpace scratchSpace,
      ProfilePages profile,
      Visitors visitors,
      Limits limits) {
    return new AvatarApi(changeAvatar, avatars, scratchSpace, profile, visitors, limits);
  }

  @Provides
  SharedFiles sharedFiles(OpenFile openFile, Visitors visitors) {
    return new SharedFiles(openFile, visitors);
  }

  @Provides
  HealthApi healthApi(Set<ReadyCheck> checks, Stopping stopping) {
    return new HealthApi(checks, stopping);
  }

  @Provides
  MetricsApi metricsApi(MetricsText text, WebSettings settings) {
    return new MetricsApi(text, settings.metricsToken());
  }

  @Provides
  @Singleton
  WebServer webServer(
      WebSettings settings,
      Site site,
      AccountApi accountApi,
      AccountPages accountPages,
      RecoveryApi recoveryApi,
      RecoveryPages recoveryPages,
      VerificationApi verificationApi,
      VerificationPages verificationPages,
      SessionApi sessionApi,
      ProfilePages profilePages,
      MailboxPage mailboxPage,
      RoomApi roomApi,
      RoomPages roomPages,
      HistoryApi historyApi,
      UploadApi uploadApi,
      SharedFiles sharedFiles,
      AvatarApi avatarApi,
      HealthApi healthApi,
      MetricsApi metricsApi,
      MeterRegistry registry,
      Assets assets) {
    return new WebServer(
        settings,
        new Errors(site),
        new HttpMetrics(registry),
        List.of(
            accountApi,
            accountPages,
            recoveryApi,
            recoveryPages,
            verificationApi,
            verificationPages,
            sessionApi,
            profilePages,
            mailboxPage,
            roomApi,
            roomPages,
            historyApi,
            uploadApi,
            sharedFiles,
            avatarApi,
            healthApi,
            metricsApi,
            assets));
  }
}
