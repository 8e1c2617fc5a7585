package io.letschat.bootstrap;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import io.letschat.application.Scheduler;
import io.letschat.application.account.Accounts;
import io.letschat.application.account.Authenticate;
import io.letschat.application.account.ChangeUsername;
import io.letschat.application.account.CodeCheck;
import io.letschat.application.account.CodeHasher;
import io.letschat.application.account.CodeMail;
import io.letschat.application.account.CodeSender;
import io.letschat.application.account.LogIn;
import io.letschat.application.account.LogOut;
import io.letschat.application.account.MySessions;
import io.letschat.application.account.OneTimeCodes;
import io.letschat.application.account.PasswordHasher;
import io.letschat.application.account.Register;
import io.letschat.application.account.RequestPasswordReset;
import io.letschat.application.account.RequestVerification;
import io.letschat.application.account.ResetPassword;
import io.letschat.application.account.SessionOpener;
import io.letschat.application.account.SessionTokens;
import io.letschat.application.account.SessionWatch;
import io.letschat.application.account.Sessions;
import io.letschat.application.account.VerifiedOnly;
import io.letschat.application.account.VerifyEmail;
import io.letschat.application.limit.RateLimiter;
import io.letschat.application.media.Avatars;
import io.letschat.application.media.ChangeAvatar;
import io.letschat.application.media.ClearAbandoned;
import io.letschat.application.media.FileStore;
import io.letschat.application.media.Images;
import io.letschat.application.media.LocalFiles;
import io.letschat.application.media.OpenFile;
import io.letschat.application.media.ScratchSpace;
import io.letschat.application.media.ShareFile;
import io.letschat.application.media.Uploads;
import io.letschat.application.message.Delivery;
import io.letschat.application.message.FeedWatch;
import io.letschat.application.message.MessageLog;
import io.letschat.application.message.ReadHistory;
import io.letschat.application.message.RoomBroadcast;
import io.letschat.application.message.RoomFeeds;
import io.letschat.application.message.SendMessage;
import io.letschat.application.presence.CloseRoom;
import io.letschat.application.presence.OpenRoom;
import io.letschat.application.presence.Presence;
import io.letschat.application.presence.RoomPresence;
import io.letschat.application.presence.SendAway;
import io.letschat.application.presence.Typing;
import io.letschat.application.recovery.ResumeRooms;
import io.letschat.application.room.EndMembership;
import io.letschat.application.room.EnterRoom;
import io.letschat.application.room.MembershipWatch;
import io.letschat.application.room.Memberships;
import io.letschat.application.room.MyRooms;
import io.letschat.application.room.OtherNodes;
import io.letschat.application.room.RoomAccess;
import io.letschat.application.room.RoomAudience;
import io.letschat.application.room.Rooms;
import java.security.SecureRandom;
import java.time.InstantSource;

/** The use cases, from the ports that the adapters bind. */
final class ApplicationModule extends AbstractModule {
  private final Settings settings;
  private final Scheduler scheduler;
  private final SecureRandom random;

  ApplicationModule(Settings settings, Scheduler scheduler, SecureRandom random) {
    this.settings = settings;
    this.scheduler = scheduler;
    this.random = random;
  }

  @Override
  protected void configure() {
    bind(Scheduler.class).toInstance(scheduler);
    bind(SecureRandom.class).toInstance(random);
    bind(InstantSource.class).toInstance(InstantSource.system());
  }

  // ---- account

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
  ChangeUsername changeUsername(Accounts accounts) {
    return new ChangeUsername(accounts);
  }

  @Provides
  VerifiedOnly verifiedOnly(Accounts accounts) {
    return new VerifiedOnly(settings.requireVerifiedEmail(), accounts);
  }

  // ---- room

  @Provides
  RoomAccess roomAccess(
      Memberships memberships, PasswordHasher passwords, RateLimiter limiter, InstantSource clock) {
    return new RoomAccess(memberships, passwords, limiter, clock);
  }

  @Provides
  EnterRoom enterRoom(
      Accounts accounts,
      VerifiedOnly verifiedOnly,
      Rooms rooms,
      RoomAccess access,
      PasswordHasher passwords,
      InstantSource clock) {
    return new EnterRoom(accounts, verifiedOnly, rooms, access, passwords, clock);
  }

  @Provides
  MyRooms myRooms(Memberships memberships) {
    return new MyRooms(memberships);
  }

  @Provides
  OpenRoom openRoom(
      VerifiedOnly verifiedOnly,
      Rooms rooms,
      RoomAccess access,
      RoomFeeds feeds,
      MessageLog log,
      RoomPresence presence) {
    return new OpenRoom(verifiedOnly, rooms, access, feeds, log, presence);
  }

  @Provides
  CloseRoom closeRoom(RoomFeeds feeds, Typing typing, RoomPresence presence) {
    return new CloseRoom(feeds, typing, presence);
  }

  @Provides
  MembershipWatch membershipWatch(RoomFeeds feeds, CloseRoom closeRoom) {
    return new SendAway(feeds, closeRoom);
  }

  @Provides
  EndMembership endMembership(
      RoomAccess access, Memberships memberships, MembershipWatch watch, OtherNodes others) {
    return new EndMembership(access, memberships, watch, others);
  }

  // ---- message

  @Provides
  @Singleton
  RoomFeeds roomFeeds(
      MessageLog log,
      RoomAudience audience,
      Scheduler scheduler,
      OtherNodes others,
      FeedWatch watch) {
    return new RoomFeeds(log, audience, scheduler, others, watch);
  }

  @Provides
  RoomBroadcast roomBroadcast(RoomFeeds feeds, RoomAudience audience, OtherNodes others) {
    return new RoomBroadcast(feeds, audience, others);
  }

  @Provides
  Delivery delivery(MessageLog log, RoomFeeds feeds, RoomBroadcast broadcast) {
    return new Delivery(log, feeds, broadcast);
  }

  @Provides
  SendMessage sendMessage(
      RoomAccess access,
      RateLimiter limiter,
      MessageLog log,
      Delivery delivery,
      InstantSource clock) {
    return new SendMessage(access, limiter, log, delivery, clock);
  }

  @Provides
  ReadHistory readHistory(RoomAccess access, MessageLog log) {
    return new ReadHistory(access, log);
  }

  // ---- media

  @Provides
  @Singleton
  ScratchSpace scratchSpace() {
    return new ScratchSpace(settings.dataDir().resolve("tmp"));
  }

  @Provides
  ShareFile shareFile(
      RoomAccess access,
      RateLimiter limiter,
      Images images,
      FileStore store,
      Uploads uploads,
      Delivery delivery,
      SecureRandom random,
      InstantSource clock) {
    return new ShareFile(access, limiter, images, store, uploads, delivery, random, clock);
  }

  @Provides
  OpenFile openFile(RoomAccess access, Uploads uploads, LocalFiles files) {
    return new OpenFile(access, uploads, files);
  }

  @Provides
  ChangeAvatar changeAvatar(
      RateLimiter limiter,
      Images images,
      Avatars avatars,
      SecureRandom random,
      InstantSource clock) {
    return new ChangeAvatar(limiter, images, avatars, random, clock);
  }

  @Provides
  ClearAbandoned clearAbandoned(
      Uploads uploads, FileStore store, ScratchSpace scratch, InstantSource clock) {
    return new ClearAbandoned(uploads, store, scratch, clock);
  }

  // ---- presence

  @Provides
  @Singleton
  RoomPresence roomPresence(
      Presence presence,
      Memberships memberships,
      RoomBroadcast broadcast,
      Scheduler scheduler,
      OtherNodes others) {
    return new RoomPresence(presence, memberships, broadcast, scheduler, others);
  }

  @Provides
  @Singleton
  Typing typing(
      RoomBroadcast broadcast, RateLimiter limiter, Scheduler scheduler, InstantSource clock) {
    return new Typing(broadcast, limiter, scheduler, clock);
  }

  // ---- recovery

  @Provides
  ResumeRooms resumeRooms(
      RoomAccess access, RoomFeeds feeds, MessageLog log, RoomPresence presence) {
    return new ResumeRooms(access, feeds, log, presence);
  }
}
