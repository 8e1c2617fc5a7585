package io.letschat.bootstrap.faults;

import com.google.inject.AbstractModule;
import com.google.inject.Guice;
import com.google.inject.Injector;
import com.google.inject.util.Modules;
import io.letschat.application.Addresses;
import io.letschat.application.account.Accounts;
import io.letschat.application.account.EmailVerificationPolicy;
import io.letschat.application.account.PasswordHasher;
import io.letschat.application.account.Register;
import io.letschat.application.account.session.Authenticate;
import io.letschat.application.account.session.SessionOpener;
import io.letschat.application.account.session.SessionTokens;
import io.letschat.application.account.session.Sessions;
import io.letschat.application.limit.LocalRateLimiter;
import io.letschat.application.limit.RateLimiter;
import io.letschat.application.room.JoinOrCreateRoom;
import io.letschat.application.room.Memberships;
import io.letschat.application.room.RoomAccess;
import io.letschat.application.room.Rooms;
import io.letschat.bootstrap.Visitor;
import io.letschat.domain.account.Device;
import io.letschat.domain.account.EmailAddress;
import io.letschat.domain.account.Password;
import io.letschat.domain.account.Username;
import io.letschat.domain.room.RoomName;
import io.letschat.domain.room.RoomPassword;
import io.letschat.embeddedpostgres.PostgresAddress;
import io.letschat.persistence.PersistenceModule;
import io.letschat.persistence.postgres.Database;
import io.letschat.testkit.PlainPasswordHasher;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Signs people up and lets them into rooms by the program's own use cases on the database of the
 * nodes, but hashes nothing: a thousand take seconds. They cannot sign in; they have a session.
 */
final class LoadPeople implements AutoCloseable {
  private static final int AT_ONCE = 12;

  private final Database database;
  private final Register register;
  private final Authenticate authenticate;
  private final JoinOrCreateRoom enter;

  LoadPeople(PostgresAddress address, String jwtSecret, String sessionSecret) {
    database = Database.open(address);
    var random = new SecureRandom();
    InstantSource clock = InstantSource.system();
    Injector kept =
        Guice.createInjector(
            Modules.override(
                    new PersistenceModule(
                        database, jwtSecret, sessionSecret, Addresses.AT_THE_ROOT))
                .with(
                    new AbstractModule() {
                      @Override
                      protected void configure() {
                        bind(InstantSource.class).toInstance(clock);
                        bind(SecureRandom.class).toInstance(random);
                        bind(PasswordHasher.class).toInstance(new PlainPasswordHasher());
                      }
                    }));
    var accounts = kept.getInstance(Accounts.class);
    var passwords = kept.getInstance(PasswordHasher.class);
    var sessions = kept.getInstance(Sessions.class);
    var tokens = kept.getInstance(SessionTokens.class);
    RateLimiter unlimited = new LocalRateLimiter(Map.of(), clock);
    register =
        new Register(
            accounts,
            passwords,
            new SessionOpener(sessions, tokens, random, clock),
            unlimited,
            clock);
    authenticate = new Authenticate(tokens, sessions, clock);
    enter =
        new JoinOrCreateRoom(
            accounts,
            new EmailVerificationPolicy(false, accounts),
            kept.getInstance(Rooms.class),
            new RoomAccess(kept.getInstance(Memberships.class), passwords, unlimited, clock),
            passwords,
            clock);
  }

  /** So many whose names begin so. */
  List<Visitor> signUp(String name, int count) {
    return forEach(count, i -> signUp(name + i));
  }

  /** All of them are members of a room of that name; returns its id. */
  long gather(String room, List<Visitor> people) {
    long id = enter(people.getFirst(), room);
    forEach(people.size(), i -> enter(people.get(i), room));
    return id;
  }

  private Visitor signUp(String name) {
    var command =
        new Register.Command(
            EmailAddress.of(name + "@example.org"),
            Password.of("password of " + name),
            Optional.of(Username.of(name)),
            Device.of("", "127.0.0.1"));
    var registered = (Register.Registered) register.register(command);
    return new Visitor("", name, registered.session().token(), registered.account().user().value());
  }

  private long enter(Visitor visitor, String room) {
    var command =
        new JoinOrCreateRoom.Command(
            authenticate.authenticate(visitor.token()).orElseThrow(),
            Optional.empty(),
            RoomName.of(room),
            RoomPassword.of("secret"),
            "127.0.0.1");
    return ((JoinOrCreateRoom.Entered) enter.enter(command)).room().id().value();
  }

  private interface Work<T> {
    T on(int number);
  }

  private static <T> List<T> forEach(int count, Work<T> work) {
    try (ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE)) {
      List<Callable<T>> all = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        int number = i;
        all.add(() -> work.on(number));
      }
      List<T> results = new ArrayList<>();
      for (Future<T> done : threads.invokeAll(all)) {
        results.add(done.get());
      }
      return results;
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    database.close();
  }
}
