package io.letschat.bootstrap.lifecycle;

import com.corundumstudio.socketio.Configuration;
import com.google.inject.AbstractModule;
import com.google.inject.Guice;
import com.google.inject.Injector;
import com.google.inject.Module;
import com.google.inject.Stage;
import com.google.inject.multibindings.Multibinder;
import com.google.inject.util.Modules;
import io.letschat.bootstrap.logging.SentryReports;
import io.letschat.bootstrap.settings.Settings;
import io.letschat.bootstrap.settings.SettingsRefused;
import io.letschat.bootstrap.settings.Version;
import io.letschat.bootstrap.wiring.ClusterModule;
import io.letschat.bootstrap.wiring.MetricsModule;
import io.letschat.bootstrap.wiring.SingleNodeModule;
import io.letschat.bootstrap.wiring.UseCasesModule;
import io.letschat.bootstrap.wiring.VirtualScheduler;
import io.letschat.engineio.EngineSettings;
import io.letschat.gateway.ClientInfo;
import io.letschat.gateway.GatewayLimits;
import io.letschat.gateway.GatewayServer;
import io.letschat.gateway.GatewaySettings;
import io.letschat.messaging.ChatModule;
import io.letschat.messaging.mail.MailModule;
import io.letschat.messaging.relay.Channels;
import io.letschat.persistence.PersistenceModule;
import io.letschat.persistence.media.ImageStoreModule;
import io.letschat.persistence.media.cloudinary.CloudinaryAccount;
import io.letschat.persistence.postgres.Database;
import io.letschat.persistence.postgres.Installation;
import io.letschat.protocol.GatewaySecret;
import io.letschat.socketio.ConformantSocketIOServer;
import io.letschat.socketio.SocketIoSettings;
import io.letschat.web.WebModule;
import io.letschat.web.WebServer;
import io.letschat.web.WebSettings;
import io.letschat.web.health.ReadyCheck;
import io.letschat.web.health.Stopping;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The running chat: what {@link #start} opened, {@link #close} closes in the opposite order. So the
 * clients are let go first, as {@link GracefulShutdown} says, then the public port is closed, then
 * the sockets, the pages and what is being appended, and Postgres last.
 */
public final class LetsChatServer implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(LetsChatServer.class);
  private static final Duration GRACE = Duration.ofSeconds(5);

  private final ShutdownStack opened = new ShutdownStack();
  private final SecureRandom random;
  private final GracefulShutdown gracefulShutdown = new GracefulShutdown();
  private final UnaryOperator<Module> rewiring;

  public LetsChatServer(SecureRandom random) {
    this(random, UnaryOperator.identity());
  }

  /**
   * @param rewiring makes of what is wired together what the program shall run with: tests put
   *     ports of their own in place of some
   */
  public LetsChatServer(SecureRandom random, UnaryOperator<Module> rewiring) {
    this.random = random;
    this.rewiring = rewiring;
  }

  /**
   * Starts everything. When something fails, or somebody closes the program meanwhile, what was
   * opened until then is closed again.
   */
  public void start(Settings settings, WebModule pages) throws IOException, SettingsRefused {
    try {
      open(settings, pages);
    } catch (IOException | SettingsRefused | RuntimeException e) {
      if (opened.areClosed()) {
        // What fails because everything around it is being closed is nobody's trouble.
        return;
      }
      close();
      throw e;
    }
  }

  private void open(Settings settings, WebModule pagesModule) throws IOException, SettingsRefused {
    settings
        .log()
        .sentry()
        .map(dsn -> SentryReports.to(dsn, settings.production()))
        .ifPresent(reports -> opened.add("error reports", reports::close));
    var metricsModule = new MetricsModule();
    opened.add("measurements", metricsModule::close);
    Database database = new DatabaseOpener(opened).open(settings);
    var scheduler = new VirtualScheduler();
    opened.add("timer", scheduler::close);
    EventLoopGroup loops = new MultiThreadIoEventLoopGroup(NioIoHandler.newFactory());
    opened.add(
        "event loops",
        () -> loops.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly(3_000));

    var sockets =
        new ConformantSocketIOServer(new Configuration(), socketSettings(settings, metricsModule));
    var stopping = new Stopping();
    var web =
        new WebSettings(
            GatewaySecret.random(random),
            settings.friendlyOrigins(),
            imageOrigins(settings),
            settings.metricsToken(),
            settings.addresses());
    Optional<ClusterModule> cluster = cluster(settings, database);
    if (cluster.isPresent()) {
      opened.add("other nodes", cluster.get()::close);
      cluster.get().insistOnOwnChannels();
    }
    Module modules =
        Modules.combine(
            new UseCasesModule(settings, scheduler, random),
            cluster
                .<Module>map(nodes -> nodes)
                .orElseGet(() -> new SingleNodeModule(settings.limits())),
            new PersistenceModule(
                database,
                settings.secrets().jwt(),
                settings.secrets().session(),
                settings.addresses()),
            new ImageStoreModule(settings.dataDir().resolve("uploads"), settings.cloudinary()),
            new ChatModule(settings.recoveryWindow()),
            new MailModule(settings.resend(), settings.production(), settings.addresses()),
            pagesModule,
            metricsModule.module(),
            new AbstractModule() {
              @Override
              protected void configure() {
                bind(ConformantSocketIOServer.class).toInstance(sockets);
                bind(WebSettings.class).toInstance(web);
                bind(Stopping.class).toInstance(stopping);
                Multibinder.newSetBinder(binder(), ReadyCheck.class)
                    .addBinding()
                    .toInstance(new DatabaseCheck(database));
              }
            });
    Injector injector = Guice.createInjector(Stage.PRODUCTION, rewiring.apply(modules));
    injector.getInstance(ChatModule.Chat.class).register();
    RecurringJobs.begin(injector, scheduler);
    cluster.ifPresent(nodes -> nodes.begin(injector, scheduler));
    metricsModule.watch(database, sockets, injector);
    cluster.ifPresent(metricsModule::watch);

    WebServer pages = injector.getInstance(WebServer.class);
    opened.add("pages", pages::close);
    InetSocketAddress pagesAddress = pages.start();
    // Netty complains at length of event loops that are shut down while a port is opened on them.
    opened.undisturbed(() -> {
      var gatewaySettings =
          new GatewaySettings(
              settings.bind(),
              settings.trustedProxies(),
              GatewayLimits.defaults(),
              metricsModule.gatewayRejections(),
              settings.addresses()::within);
      GatewayServer gatewayServer =
          GatewayServer.start(
              gatewaySettings,
              loops,
              sockets::newConnectionHandler,
              pagesAddress,
              web.gatewaySecret());
      opened.add("front", () -> gatewayServer.close(GRACE));
      opened.add("sockets", sockets::stop);
      opened.add("port", gatewayServer::stopAccepting);
      opened.add("clients", () -> gracefulShutdown.take(settings.departure(), stopping, sockets));
      log.info(
          "LetsChat {} is at {}",
          Version.current(),
          ListeningPort.url(settings.bind(), gatewayServer.address().getPort())
              + settings.addresses().of("/"));
    });
  }

  private Optional<ClusterModule> cluster(Settings settings, Database database) {
    return settings
        .redis()
        .map(address ->
            new ClusterModule(
                address,
                new Channels(settings.redisKey(), Installation.of(database)),
                settings.limits(),
                random));
  }

  private static Set<String> imageOrigins(Settings settings) {
    return settings.cloudinary().map(CloudinaryAccount::imageOrigins).orElseGet(Set::of);
  }

  private static SocketIoSettings socketSettings(Settings settings, MetricsModule metricsModule) {
    return new SocketIoSettings.Builder()
        .authRequired(true)
        .engine(
            new EngineSettings.Builder()
                .rejections(metricsModule.socketRejections())
                .maxSessionsPerAddress(settings.socketsPerAddress())
                .maxPayload(settings.socketMaxPayload())
                .sessionPrefix(settings.sessionPrefix())
                .allowedOrigins(settings.friendlyOrigins()::contains)
                .clientAddress((channel, request) ->
                    ClientInfo.of(
                            channel.remoteAddress(), request.headers(), settings.trustedProxies())
                        .socketAddress())
                .build())
        .build();
  }

  /** Closes faster: what is begun is finished, but nobody is waited for. */
  public void force() {
    gracefulShutdown.force();
  }

  @Override
  public void close() {
    opened.close();
  }
}
