package io.letschat.web;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import io.letschat.application.account.ChangeUsername;
import io.letschat.application.account.LogIn;
import io.letschat.application.account.Register;
import io.letschat.application.account.RequestPasswordReset;
import io.letschat.application.account.RequestVerification;
import io.letschat.application.account.ResetPassword;
import io.letschat.application.account.VerifyEmail;
import io.letschat.application.account.code.CodeMail;
import io.letschat.application.account.code.DevMailbox;
import io.letschat.application.account.session.Authenticate;
import io.letschat.application.account.session.LogOut;
import io.letschat.application.account.session.MySessions;
import io.letschat.application.account.session.SessionCookies;
import io.letschat.application.limit.RateLimiter;
import io.letschat.application.media.Avatars;
import io.letschat.application.media.ChangeAvatar;
import io.letschat.application.media.OpenFile;
import io.letschat.application.media.ShareFile;
import io.letschat.application.media.TempFolders;
import io.letschat.application.message.ReadHistory;
import io.letschat.application.room.EndMembership;
import io.letschat.application.room.JoinOrCreateRoom;
import io.letschat.application.room.Memberships;
import io.letschat.application.room.MyRooms;
import io.letschat.application.room.RoomAccess;
import io.letschat.application.sentence.Sentences;
import io.letschat.protocol.GatewaySecret;
import io.letschat.testkit.Chat;
import io.letschat.testkit.PlainPasswordHasher;
import io.letschat.web.health.ReadyCheck;
import io.letschat.web.health.Stopping;
import io.letschat.web.metrics.MetricsText;
import io.letschat.web.metrics.MetricsToken;
import io.micrometer.core.instrument.MeterRegistry;
import java.lang.reflect.Proxy;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;

/** The use cases of the chat in memory behind a {@link RunningSite}. */
final class InMemoryModule extends AbstractModule {
  private final RunningSite site;
  private final Chat chat;

  InMemoryModule(RunningSite site) {
    this.site = site;
    this.chat = site.chat;
  }

  @Provides
  WebSettings settings() {
    return new WebSettings(
        new GatewaySecret(RunningSite.SECRET),
        Set.of(RunningSite.FRIEND),
        Set.of(RunningSite.IMAGES),
        Optional.of(new MetricsToken(RunningSite.METRICS_TOKEN)),
        site.addresses);
  }

  @Provides
  Sentences sentences() {
    return site.sentences;
  }

  @Provides
  MeterRegistry registry() {
    return site.registry;
  }

  @Provides
  MetricsText metrics() {
    return site.registry::getMetersAsString;
  }

  @Provides
  Set<ReadyCheck> checks() {
    return Set.of(
        new ReadyCheck() {
          @Override
          public String name() {
            return "database";
          }

          @Override
          public boolean isReady() {
            return site.database.getAsBoolean();
          }
        });
  }

  @Provides
  Stopping stopping() {
    return site.stopping;
  }

  @Provides
  InstantSource clock() {
    return chat.clock;
  }

  @Provides
  RateLimiter limiter() {
    return chat.limiter;
  }

  @Provides
  SessionCookies sessionCookies() {
    return RunningSite.COOKIES;
  }

  @Provides
  Register register() {
    return chat.register;
  }

  @Provides
  LogIn logIn() {
    return chat.logIn;
  }

  @Provides
  LogOut logOut() {
    return chat.logOut;
  }

  @Provides
  Authenticate authenticate() {
    return chat.authenticate;
  }

  @Provides
  CodeMail mail() {
    return chat.mail;
  }

  @Provides
  Optional<DevMailbox> mailbox() {
    return Optional.of(chat.mail);
  }

  @Provides
  RequestPasswordReset requestPasswordReset() {
    return chat.requestPasswordReset;
  }

  @Provides
  ResetPassword resetPassword() {
    return chat.resetPassword;
  }

  @Provides
  RequestVerification requestVerification() {
    return chat.requestVerification;
  }

  @Provides
  VerifyEmail verifyEmail() {
    return chat.verifyEmail;
  }

  @Provides
  MySessions mySessions() {
    return chat.mySessions;
  }

  @Provides
  ChangeUsername changeUsername() {
    return chat.changeUsername;
  }

  @Provides
  JoinOrCreateRoom enterRoom() {
    return chat.joinOrCreateRoom;
  }

  @Provides
  MyRooms myRooms() {
    return chat.myRooms;
  }

  @Provides
  RoomAccess access() {
    return new RoomAccess(
        breakable(chat.rooms), new PlainPasswordHasher(), chat.limiter, chat.clock);
  }

  private Memberships breakable(Memberships memberships) {
    return (Memberships)
        Proxy.newProxyInstance(
            Memberships.class.getClassLoader(),
            new Class<?>[] {Memberships.class},
            (proxy, method, arguments) -> {
              if (site.broken.isPresent()) {
                throw site.broken.get();
              }
              return method.invoke(memberships, arguments);
            });
  }

  @Provides
  EndMembership endMembership() {
    return chat.endMembership;
  }

  @Provides
  ReadHistory readHistory() {
    return chat.readHistory;
  }

  @Provides
  ShareFile shareFile() {
    return chat.shareFile;
  }

  @Provides
  ChangeAvatar changeAvatar() {
    return chat.changeAvatar;
  }

  @Provides
  Avatars avatars() {
    return chat.avatars;
  }

  @Provides
  OpenFile openFile() {
    return chat.openFile;
  }

  @Provides
  TempFolders scratchSpace() {
    return new TempFolders(site.temporary);
  }
}
