package io.letschat.testkit;

import io.letschat.application.account.Accounts;
import io.letschat.application.account.ChangeUsername;
import io.letschat.application.account.EmailVerificationPolicy;
import io.letschat.application.account.LogIn;
import io.letschat.application.account.Register;
import io.letschat.application.account.RequestPasswordReset;
import io.letschat.application.account.RequestVerification;
import io.letschat.application.account.ResetPassword;
import io.letschat.application.account.VerifyEmail;
import io.letschat.application.account.code.CodeIssuer;
import io.letschat.application.account.code.CodeVerifier;
import io.letschat.application.account.code.OneTimeCodes;
import io.letschat.application.account.session.Authenticate;
import io.letschat.application.account.session.LogOut;
import io.letschat.application.account.session.MySessions;
import io.letschat.application.account.session.SessionCloser;
import io.letschat.application.account.session.SessionOpener;
import io.letschat.application.account.session.Sessions;
import io.letschat.application.delivery.ConnectionRegistry;
import io.letschat.application.delivery.LocalDelivery;
import io.letschat.application.delivery.LocalSubscribers;
import io.letschat.application.delivery.MessageLog;
import io.letschat.application.delivery.MessagePublisher;
import io.letschat.application.delivery.RoomPublisher;
import io.letschat.application.delivery.RoomStreams;
import io.letschat.application.delivery.cluster.ClusterBus;
import io.letschat.application.limit.LocalRateLimiter;
import io.letschat.application.limit.RateLimiter;
import io.letschat.application.media.Avatars;
import io.letschat.application.media.ChangeAvatar;
import io.letschat.application.media.OpenFile;
import io.letschat.application.media.ShareFile;
import io.letschat.application.media.Uploads;
import io.letschat.application.message.ReadHistory;
import io.letschat.application.message.SendMessage;
import io.letschat.application.presence.DisplayNames;
import io.letschat.application.presence.JoinRoom;
import io.letschat.application.presence.LeaveRoom;
import io.letschat.application.presence.LocalPresence;
import io.letschat.application.presence.LocalRoster;
import io.letschat.application.presence.RemovedMemberDisconnector;
import io.letschat.application.presence.RoomPresence;
import io.letschat.application.presence.RoomRoster;
import io.letschat.application.presence.Typing;
import io.letschat.application.recovery.RestoreSubscriptions;
import io.letschat.application.revocation.EnforceRevocations;
import io.letschat.application.revocation.Revocations;
import io.letschat.application.room.EndMembership;
import io.letschat.application.room.JoinOrCreateRoom;
import io.letschat.application.room.Memberships;
import io.letschat.application.room.MyRooms;
import io.letschat.application.room.RoomAccess;
import io.letschat.application.room.Rooms;
import io.letschat.domain.account.Device;
import io.letschat.domain.account.EmailAddress;
import io.letschat.domain.account.Password;
import io.letschat.domain.account.SessionId;
import io.letschat.domain.account.Username;
import io.letschat.domain.limit.Limit;
import io.letschat.domain.limit.Rate;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * A whole chat in memory: {@code new Chat()} and it works, without I/O. Time stands still until
 * {@link #pass}. The use cases are fields, wired as in the product; {@link Someone} is the short
 * way to what people do.
 */
public final class Chat {
  public final SettableClock clock = new SettableClock(Instant.parse("2026-11-22T12:00:00Z"));
  public final ManualScheduler scheduler = new ManualScheduler(clock);
  public final InMemoryAccounts accounts = new InMemoryAccounts();
  public final InMemorySessions sessions = new InMemorySessions(accounts);
  public final InMemoryMessageLog memoryLog = new InMemoryMessageLog(accounts);
  public final InMemoryRooms rooms = new InMemoryRooms(accounts, memoryLog);
  public final InMemoryUploads uploads = new InMemoryUploads(memoryLog);
  public final InMemoryAvatars avatars = new InMemoryAvatars();
  public final InMemoryFileStore files = new InMemoryFileStore();
  public final UndecodedImages images = new UndecodedImages();
  public final LocalPresence presence = new LocalPresence();
  public final ConnectionRegistry registry = new ConnectionRegistry();
  public final InMemorySubscribers audience = new InMemorySubscribers();
  public final InMemoryOneTimeCodes codes = new InMemoryOneTimeCodes();
  public final InMemoryCodeMail mail = new InMemoryCodeMail();

  /** Takes what the use cases keep things in away; the fields above stay. */
  public final StoreOutage outage = new StoreOutage();

  /** Sessions that were ended by somebody, in that order; their sockets would be closed. */
  public final List<SessionId> endedSessions = new CopyOnWriteArrayList<>();

  /** How often everything that is open was compared with what is kept. */
  public final AtomicInteger comparisons = new AtomicInteger();

  public final Register register;
  public final LogIn logIn;
  public final LogOut logOut;
  public final Authenticate authenticate;
  public final RequestPasswordReset requestPasswordReset;
  public final ResetPassword resetPassword;
  public final RequestVerification requestVerification;
  public final VerifyEmail verifyEmail;
  public final MySessions mySessions;
  public final ChangeUsername changeUsername;
  public final JoinOrCreateRoom joinOrCreateRoom;
  public final MyRooms myRooms;
  public final JoinRoom joinRoom;
  public final RestoreSubscriptions restoreSubscriptions;
  public final LeaveRoom leaveRoom;
  public final EndMembership endMembership;
  public final EnforceRevocations enforceRevocations;
  public final SendMessage sendMessage;
  public final ReadHistory readHistory;
  public final ShareFile shareFile;
  public final OpenFile openFile;
  public final ChangeAvatar changeAvatar;
  public final RoomPresence roomPresence;
  public final DisplayNames names;
  public final Typing typing;
  public final RoomStreams streams;
  public final RoomPublisher broadcast;
  public final RateLimiter limiter;

  private final AtomicInteger connections = new AtomicInteger();

  /** With the usual limits. */
  public Chat() {
    this(usualLimits(), log -> log);
  }

  /** One in which rooms are joined only by those whose address is verified. */
  public static Chat forVerifiedPeople() {
    return new Chat(usualLimits(), log -> log, ClusterBus.NONE, true, Optional.empty());
  }

  /**
   * @param subscribers delivers to the sockets instead of {@link #audience}
   */
  public static Chat deliveringBy(LocalSubscribers subscribers) {
    return new Chat(usualLimits(), log -> log, ClusterBus.NONE, false, Optional.of(subscribers));
  }

  /**
   * @param limits the limits that hold; one that is missing is off
   * @param around puts something around the message log, for example a fault
   */
  public Chat(Map<Limit, Rate> limits, UnaryOperator<MessageLog> around) {
    this(limits, around, ClusterBus.NONE, false, Optional.empty());
  }

  /**
   * @param others hears what this chat, as a node among several, tells the others
   */
  public static Chat amongOthers(ClusterBus others) {
    return new Chat(usualLimits(), log -> log, others, false, Optional.empty());
  }

  private Chat(
      Map<Limit, Rate> limits,
      UnaryOperator<MessageLog> around,
      ClusterBus others,
      boolean verifiedOnly,
      Optional<LocalSubscribers> delivering) {
    LocalSubscribers subscribers = delivering.orElse(audience);
    Accounts accounts = outage.over(Accounts.class, this.accounts);
    Sessions sessions = outage.over(Sessions.class, this.sessions);
    OneTimeCodes codes = outage.over(OneTimeCodes.class, this.codes);
    Rooms rooms = outage.over(Rooms.class, this.rooms);
    Memberships memberships = outage.over(Memberships.class, this.rooms);
    Uploads uploads = outage.over(Uploads.class, this.uploads);
    Avatars avatars = outage.over(Avatars.class, this.avatars);
    var passwords = new PlainPasswordHasher();
    var tokens = new PlainSessionTokens();
    var random = new Random(1);
    var opener = new SessionOpener(sessions, tokens, random, clock);
    MessageLog log = outage.over(around.apply(memoryLog));
    limiter = new LocalRateLimiter(limits, clock);
    streams = new RoomStreams(log, registry, subscribers, scheduler, others);
    broadcast = new RoomPublisher(streams, new LocalDelivery(registry, subscribers), others);
    var access = new RoomAccess(rooms, memberships, passwords, limiter, clock);
    register = new Register(accounts, passwords, opener, limiter, clock);
    logIn = new LogIn(accounts, passwords, opener, limiter);
    var closer = new SessionCloser(endedSessions::add, others);
    logOut = new LogOut(sessions, closer);
    var codeSender = new CodeIssuer(codes, new PlainCodeHasher(), mail, random, clock);
    var codeCheck = new CodeVerifier(codes, new PlainCodeHasher(), limiter, clock);
    requestPasswordReset = new RequestPasswordReset(accounts, codeSender, limiter, scheduler);
    resetPassword = new ResetPassword(accounts, codeCheck, passwords, closer);
    requestVerification = new RequestVerification(codeSender, limiter);
    verifyEmail = new VerifyEmail(accounts, codeCheck);
    mySessions = new MySessions(sessions, closer, clock);
    var joining = new EmailVerificationPolicy(verifiedOnly, accounts);
    authenticate = new Authenticate(tokens, sessions, clock);
    joinOrCreateRoom = new JoinOrCreateRoom(accounts, joining, rooms, access, passwords, clock);
    myRooms = new MyRooms(memberships);
    var people = new LocalRoster(registry);
    var whoIsThere = new RoomRoster(presence, accounts, memberships);
    roomPresence =
        new RoomPresence(registry, presence, people, whoIsThere, broadcast, scheduler, others);
    names = new DisplayNames(people, accounts, roomPresence, scheduler);
    changeUsername = new ChangeUsername(accounts, names, others);
    typing = new Typing(people, broadcast, limiter, scheduler, clock);
    joinRoom = new JoinRoom(joining, rooms, access, registry, streams, log, roomPresence);
    restoreSubscriptions = new RestoreSubscriptions(access, streams, log, roomPresence);
    leaveRoom = new LeaveRoom(streams, typing, roomPresence);
    var sendAway = new RemovedMemberDisconnector(registry, leaveRoom);
    endMembership = new EndMembership(access, memberships, sendAway, others);
    enforceRevocations =
        new EnforceRevocations(
            outage.over(Revocations.class, this.accounts.revocations()),
            endedSessions::add,
            sendAway,
            registry,
            rooms,
            memberships,
            accounts,
            comparisons::incrementAndGet,
            clock);
    var delivery = new MessagePublisher(log, streams, broadcast);
    sendMessage = new SendMessage(access, limiter, log, delivery, clock);
    readHistory = new ReadHistory(access, log);
    shareFile =
        new ShareFile(access, limiter, images, files, uploads, delivery, new Random(2), clock);
    openFile = new OpenFile(access, uploads, files);
    changeAvatar = new ChangeAvatar(limiter, images, avatars, new Random(3), clock);
  }

  /** Every limit with its default. */
  public static Map<Limit, Rate> usualLimits() {
    return Arrays.stream(Limit.values())
        .collect(Collectors.toMap(limit -> limit, Limit::defaultRate));
  }

  /**
   * Somebody who has just signed up as {@code name}, with the address {@code name@example.org}.
   *
   * @throws IllegalArgumentException where {@code name} has signed up already
   */
  public Someone someone(String name) {
    var command =
        new Register.Command(
            EmailAddress.of(name + "@example.org"),
            Password.of("password of " + name),
            Optional.of(Username.of(name)),
            Device.of("", "192.0.2.1"));
    if (register.register(command) instanceof Register.Registered(var account, var session)) {
      return new Someone(this, authenticate.authenticate(session.token()).orElseThrow());
    }
    throw new IllegalArgumentException(name + " has signed up already");
  }

  /** Lets time pass; whatever falls due happens. */
  public void pass(Duration duration) {
    scheduler.pass(duration);
  }

  TestConnection connection(Someone someone) {
    return new TestConnection("connection-" + connections.incrementAndGet(), someone.user());
  }
}
