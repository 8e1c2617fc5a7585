package io.letschat.bootstrap;

import com.corundumstudio.socketio.Configuration;
import com.corundumstudio.socketio.SocketIOServer;
import com.google.inject.AbstractModule;
import com.google.inject.Guice;
import com.google.inject.Injector;
import com.google.inject.Module;
import com.google.inject.util.Modules;
import io.letschat.application.account.Accounts;
import io.letschat.application.account.LogIn;
import io.letschat.application.account.PasswordHasher;
import io.letschat.application.account.Register;
import io.letschat.application.account.code.CodeHasher;
import io.letschat.application.account.code.CodeMail;
import io.letschat.application.account.code.OneTimeCodes;
import io.letschat.application.account.session.Authenticate;
import io.letschat.application.account.session.LogOut;
import io.letschat.application.account.session.SessionCookies;
import io.letschat.application.account.session.SessionTokens;
import io.letschat.application.account.session.Sessions;
import io.letschat.application.delivery.MessageLog;
import io.letschat.application.delivery.cluster.ClusterBus;
import io.letschat.application.limit.LocalRateLimiter;
import io.letschat.application.limit.RateLimiter;
import io.letschat.application.media.Avatars;
import io.letschat.application.media.FileStore;
import io.letschat.application.media.Images;
import io.letschat.application.media.LocalFiles;
import io.letschat.application.media.Uploads;
import io.letschat.application.message.SendMessage;
import io.letschat.application.presence.LocalPresence;
import io.letschat.application.presence.Presence;
import io.letschat.application.recovery.RecoveryStateStore;
import io.letschat.application.revocation.Revocations;
import io.letschat.application.room.EndMembership;
import io.letschat.application.room.JoinOrCreateRoom;
import io.letschat.application.room.Memberships;
import io.letschat.application.room.Rooms;
import io.letschat.bootstrap.settings.Settings;
import io.letschat.bootstrap.settings.SettingsReader;
import io.letschat.bootstrap.wiring.SingleNodeModule;
import io.letschat.bootstrap.wiring.UseCasesModule;
import io.letschat.bootstrap.wiring.VirtualScheduler;
import io.letschat.domain.account.Device;
import io.letschat.domain.account.EmailAddress;
import io.letschat.domain.account.Password;
import io.letschat.domain.account.UserId;
import io.letschat.domain.account.Username;
import io.letschat.domain.message.MessageContent;
import io.letschat.domain.message.MessageType;
import io.letschat.domain.room.RoomId;
import io.letschat.domain.room.RoomName;
import io.letschat.domain.room.RoomPassword;
import io.letschat.engineio.EngineSettings;
import io.letschat.messaging.ChatModule;
import io.letschat.socketio.ConformantSocketIOServer;
import io.letschat.socketio.SocketIoSettings;
import io.letschat.socketio.SocketMetrics;
import io.letschat.testkit.InMemoryAccounts;
import io.letschat.testkit.InMemoryAvatars;
import io.letschat.testkit.InMemoryCodeMail;
import io.letschat.testkit.InMemoryFileStore;
import io.letschat.testkit.InMemoryMessageLog;
import io.letschat.testkit.InMemoryOneTimeCodes;
import io.letschat.testkit.InMemoryRooms;
import io.letschat.testkit.InMemorySessions;
import io.letschat.testkit.InMemoryUploads;
import io.letschat.testkit.PlainCodeHasher;
import io.letschat.testkit.PlainPasswordHasher;
import io.letschat.testkit.PlainSessionTokens;
import io.letschat.testkit.StoreOutage;
import io.letschat.testkit.UndecodedImages;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The chat's sockets on a port of their own, with the stores of the testkit behind them: fast, and
 * no disk.
 */
final class MemoryChat implements AutoCloseable {
  private final VirtualScheduler scheduler = new VirtualScheduler();
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final FailingRecoveryStateStore bookmarks = new FailingRecoveryStateStore();

  /** Of who is who, and of who belongs where. */
  final StoreOutage peopleOutage = new StoreOutage();

  final StoreOutage logOutage = new StoreOutage();
  private final ConformantSocketIOServer server;
  private final Injector injector;

  private MemoryChat(Settings settings, Around around) {
    var configuration = new Configuration();
    configuration.setHostname("127.0.0.1");
    configuration.setPort(0);
    server =
        new ConformantSocketIOServer(
            configuration,
            new SocketIoSettings.Builder()
                .authRequired(true)
                .engine(
                    new EngineSettings.Builder()
                        .rejections(SocketMetrics.rejections(meters))
                        .build())
                .build());
    List<Module> usual =
        List.of(
            new UseCasesModule(settings, scheduler, new SecureRandom()),
            Modules.override(new SingleNodeModule(settings.limits()))
                .with(binder -> binder.bind(RecoveryStateStore.class).toInstance(bookmarks)),
            new ChatModule(settings.recoveryWindow()),
            new AbstractModule() {
              @Override
              protected void configure() {
                var accounts = new InMemoryAccounts();
                var log = new InMemoryMessageLog(accounts);
                var rooms = new InMemoryRooms(accounts, log);
                var sessions = around.around(Sessions.class, new InMemorySessions(accounts));
                bind(Accounts.class).toInstance(peopleOutage.over(Accounts.class, accounts));
                bind(Sessions.class).toInstance(peopleOutage.over(Sessions.class, sessions));
                bind(OneTimeCodes.class).toInstance(new InMemoryOneTimeCodes());
                bind(CodeHasher.class).toInstance(new PlainCodeHasher());
                bind(CodeMail.class).toInstance(new InMemoryCodeMail());
                bind(Rooms.class).toInstance(peopleOutage.over(Rooms.class, rooms));
                bind(Memberships.class).toInstance(peopleOutage.over(Memberships.class, rooms));
                bind(MessageLog.class).toInstance(logOutage.over(log));
                var files = new InMemoryFileStore();
                bind(Revocations.class).toInstance(accounts.revocations());
                bind(Uploads.class).toInstance(new InMemoryUploads(log));
                bind(Avatars.class).toInstance(new InMemoryAvatars());
                bind(FileStore.class).toInstance(files);
                bind(LocalFiles.class).toInstance(files);
                bind(Images.class).toInstance(new UndecodedImages());
                bind(PasswordHasher.class).toInstance(new PlainPasswordHasher());
                bind(SessionTokens.class).toInstance(new PlainSessionTokens());
                bind(MeterRegistry.class).toInstance(meters);
                bind(SocketIOServer.class).toInstance(server);
              }
            });
    injector = Guice.createInjector(Modules.override(usual).with(shared(settings, around)));
    injector.getInstance(ChatModule.Chat.class).register();
    server.start();
  }

  static MemoryChat start(Path folder, Map<String, String> settings) throws Exception {
    return start(folder, settings, Around.NOTHING);
  }

  /** Stands between the chat and what several nodes share. */
  interface Around {
    Around NOTHING =
        new Around() {
          @Override
          public <T> T around(Class<T> port, T shared) {
            return shared;
          }
        };

    <T> T around(Class<T> port, T shared);
  }

  static MemoryChat start(Path folder, Map<String, String> settings, Around around)
      throws Exception {
    Map<String, String> values = new HashMap<>(Map.of("RATE_LIMIT_REGISTER", "off"));
    values.putAll(settings);
    return new MemoryChat(SettingsReader.read(values, folder, new SecureRandom()), around);
  }

  private static Module shared(Settings settings, Around around) {
    var limiter = new LocalRateLimiter(settings.limits(), InstantSource.system());
    return new AbstractModule() {
      @Override
      protected void configure() {
        bind(RateLimiter.class).toInstance(around.around(RateLimiter.class, limiter));
        bind(Presence.class).toInstance(around.around(Presence.class, new LocalPresence()));
        bind(ClusterBus.class).toInstance(around.around(ClusterBus.class, ClusterBus.NONE));
      }
    };
  }

  String address() {
    return "http://127.0.0.1:" + server.port();
  }

  /** Of the cookie that carries the session's token. */
  String cookieName() {
    return injector.getInstance(SessionCookies.class).name();
  }

  Visitor signsUp(String name) {
    var command =
        new Register.Command(
            EmailAddress.of(name + "@example.org"),
            Password.of("password of " + name),
            Optional.of(Username.of(name)),
            Device.of("", "127.0.0.1"));
    var registered = (Register.Registered) injector.getInstance(Register.class).register(command);
    return new Visitor(
        address(), name, registered.session().token(), registered.account().user().value());
  }

  long enters(Visitor visitor, String room) {
    var who = injector.getInstance(Authenticate.class).authenticate(visitor.token()).orElseThrow();
    var command =
        new JoinOrCreateRoom.Command(
            who, Optional.empty(), RoomName.of(room), RoomPassword.of("secret"), "127.0.0.1");
    return ((JoinOrCreateRoom.Entered) injector.getInstance(JoinOrCreateRoom.class).enter(command))
        .room()
        .id()
        .value();
  }

  /** The same account with another session. */
  Visitor signsInAgain(Visitor visitor) {
    var command =
        new LogIn.Command(
            EmailAddress.of(visitor.name() + "@example.org"),
            "password of " + visitor.name(),
            Device.of("", "127.0.0.1"));
    var again = (LogIn.LoggedIn) injector.getInstance(LogIn.class).logIn(command);
    return new Visitor(address(), visitor.name(), again.session().token(), visitor.userId());
  }

  void says(Visitor visitor, long room, String text) {
    var who = injector.getInstance(Authenticate.class).authenticate(visitor.token()).orElseThrow();
    var command =
        new SendMessage.Command(
            who, new RoomId(room), MessageContent.of(text), MessageType.TEXT, Optional.empty());
    if (!(injector.getInstance(SendMessage.class).send(command) instanceof SendMessage.Sent)) {
      throw new AssertionError(text);
    }
  }

  /** Whether where sockets are can be neither written down nor read. */
  void bookmarksAway(boolean away) {
    bookmarks.away = away;
  }

  /** How many sockets wanted to come back, with that outcome. */
  double recoveries(String outcome) {
    return meters.counter("letschat.recoveries", "outcome", outcome).count();
  }

  /** How many sockets were refused for that reason. */
  double refused(String reason) {
    return meters.counter("letschat.refused", "where", "socket", "reason", reason).count();
  }

  void removes(Visitor owner, Visitor member, long room) {
    var who = injector.getInstance(Authenticate.class).authenticate(owner.token()).orElseThrow();
    injector
        .getInstance(EndMembership.class)
        .end(who, new RoomId(room), new UserId(member.userId()));
  }

  /** In the database alone: nobody is told of it. */
  void sessionEndsUnheard(Visitor visitor) {
    var who = injector.getInstance(Authenticate.class).authenticate(visitor.token()).orElseThrow();
    injector.getInstance(Sessions.class).end(who.session().id());
  }

  void logsOut(Visitor visitor) {
    var who = injector.getInstance(Authenticate.class).authenticate(visitor.token()).orElseThrow();
    injector.getInstance(LogOut.class).logOut(who);
  }

  @Override
  public void close() {
    server.stop();
    scheduler.close();
  }
}
