package io.letschat.persistence.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.letschat.application.account.Accounts;
import io.letschat.domain.account.Device;
import io.letschat.domain.account.EmailAddress;
import io.letschat.domain.account.PasswordHash;
import io.letschat.domain.account.Session;
import io.letschat.domain.account.UserId;
import io.letschat.domain.account.Username;
import io.letschat.domain.message.MessageContent;
import io.letschat.domain.message.MessageType;
import io.letschat.domain.message.NewMessage;
import io.letschat.domain.message.Seq;
import io.letschat.domain.room.Member;
import io.letschat.domain.room.RoomName;
import io.letschat.embeddedpostgres.PostgresAddress;
import io.letschat.persistence.postgres.embedded.SharedPostgres;
import io.letschat.persistence.postgres.migration.LookAlikes;
import io.letschat.persistence.postgres.migration.Migrations;
import io.letschat.testkit.Stores;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;

/** A database of the version before, full of names that nobody could choose today. */
class NamesOfBeforeTest {
  private static final List<String> PEOPLE =
      List.of(
          "ada",
          "\u0430d\u0430",
          "ada\u1160",
          "\u115f\u115f\u115f",
          "room",
          "straße",
          "strasse",
          "\u03bf\u03b4\u03cc\u03c2",
          "a-b");
  private static final List<String> ROOMS =
      List.of(
          "tea",
          "t\u0435a",
          "\u1160",
          "\u2800",
          "\ufe0f",
          "\u200d",
          "Straße",
          "STRASSE",
          "Ada's room",
          "\u039f\u03b4\u03cc\u03c2");

  private final PostgresAddress address = SharedPostgres.emptyDatabase();

  @Test
  void such_a_database_starts_and_its_people_and_rooms_work() {
    Map<String, Long> users = fillAsTheVersionBefore();
    try (TestDatabase database = TestDatabase.on(address)) {
      Stores stores = database.stores();
      for (String name : PEOPLE) {
        var account =
            stores.accounts().withEmail(EmailAddress.of(email(name))).orElseThrow().account();
        assertThat(account.username()).contains(Username.stored(name));
        var room = stores.rooms().named(RoomName.typed(ROOMS.getFirst())).orElseThrow().room();
        stores.memberships().admit(room.id(), account.user(), Stores.NOON);
        Member member = stores.memberships().of(account.user(), room.id()).orElseThrow();
        assertThat(member.name()).isEqualTo(Username.stored(name));
        stores
            .sessions()
            .open(
                Session.opened(
                    Stores.sessionOf(member), account, Device.of("", "192.0.2.1"), Stores.NOON));
        stores.log().append(said(member));
        assertThat(
                stores.log().before(room.id(), new Seq(Long.MAX_VALUE), 1).getFirst().senderName())
            .isEqualTo(Username.stored(name));
        assertThat(stores.accounts().rename(account.user(), Username.typed(name)))
            .as("the same name again: %s", name)
            .isEqualTo(!name.equals("straße"));
      }
      for (String name : ROOMS) {
        assertThat(stores.rooms().named(RoomName.typed(name)).orElseThrow().room().name())
            .isEqualTo(RoomName.stored(name));
      }
      assertThat(name(stores, "straSSe")).isEqualTo("STRASSE");
      assertThat(name(stores, "STRA\u1e9eE")).isEqualTo("Straße");
      assertThat(name(stores, "ADA’S ROOM")).isEqualTo("Ada's room");
      assertThat(name(stores, "\u039f\u0394\u038c\u03a3")).isEqualTo("\u039f\u03b4\u03cc\u03c2");

      assertThat(rename(stores, id(users, "a-b"), "\u0430da")).isFalse();
      assertThat(rename(stores, id(users, "a-b"), "\u03bf\u03b4\u03cc\u03c3")).isFalse();
      assertThat(rename(stores, id(users, "room"), "Roland")).isTrue();
      assertThat(
              stores
                  .rooms()
                  .create(
                      RoomName.of("T\u0435\u0430"),
                      hash(),
                      new UserId(id(users, "ada")),
                      Stores.NOON))
          .isEmpty();
    }
  }

  /** Nodes are replaced one after the other: an old one goes on with the new database. */
  @Test
  void what_a_node_of_the_version_before_writes_meanwhile_is_looked_at_by_the_next_start() {
    Map<String, Long> users = fillAsTheVersionBefore();
    try (TestDatabase database = TestDatabase.on(address);
        Handle old = database.connect()) {
      old.execute(
          "update users set username = 'Eve', username_key = 'eve' where id = ?", id(users, "ada"));
      old.execute(
          "update users set username = '\u1e9eab', username_key = '\u00dfab' where id = ?",
          id(users, "room"));

      try (TestDatabase next = TestDatabase.on(address)) {
        assertThat(rename(next.stores(), id(users, "a-b"), "\u0415ve")).isFalse();
        assertThat(rename(next.stores(), id(users, "a-b"), "SSAB")).isFalse();
        assertThat(rename(next.stores(), id(users, "a-b"), "adam")).isTrue();
        assertThat(
                old.createQuery(
                        "select count(*) from users where username is distinct from skeletons_of")
                    .mapTo(Long.class)
                    .one())
            .isZero();
      }
    }
  }

  @Test
  void going_back_keeps_names_that_only_this_version_allows() {
    Migrations migrations = new Migrations(Database.unpooled(address));
    try (TestDatabase database = TestDatabase.on(address)) {
      var added =
          database
              .stores()
              .accounts()
              .add(
                  EmailAddress.of("w@example.org"),
                  Optional.of(Username.of("\u738b\u4f1f")),
                  hash(),
                  Stores.NOON);
      assertThat(added).isInstanceOf(Accounts.Added.class);
    }
    while (!migrations.version().equals(Optional.of("1"))) {
      migrations.rollback(migrations.planRollback().orElseThrow());
    }
    migrations.migrate();
    try (TestDatabase database = TestDatabase.on(address)) {
      assertThat(
              database
                  .stores()
                  .accounts()
                  .withEmail(EmailAddress.of("w@example.org"))
                  .flatMap(found -> found.account().username()))
          .contains(Username.of("\u738b\u4f1f"));
    }
  }

  @Test
  void a_name_that_looks_like_another_one_is_found_by_an_index() {
    try (TestDatabase database = TestDatabase.on(address);
        Handle handle = database.connect()) {
      handle.execute("set enable_seqscan = off");
      for (LookAlikes kind : LookAlikes.values()) {
        String plan =
            handle
                .createQuery("explain select " + kind.nobodyElse())
                .bindArray("skeletons", String.class, LookAlikes.of("\u0430da"))
                .bind("self", 0)
                .bind("ascii", false)
                .mapTo(String.class)
                .collect(Collectors.joining("\n"));
        assertThat(plan).contains("_skeletons");
      }
    }
  }

  private Map<String, Long> fillAsTheVersionBefore() {
    new Migrations(Database.unpooled(address)).migrateTo("1");
    try (Handle handle = Jdbi.open(Database.unpooled(address))) {
      for (String name : PEOPLE) {
        long account =
            handle
                .createQuery(
                    "insert into auth_credentials (email, email_key, password_hash, created_at)"
                        + " values (:email, :email, 'x', now()) returning id")
                .bind("email", email(name))
                .mapTo(Long.class)
                .one();
        handle.execute(
            "insert into users (auth_id, username, username_key, created_at) values (?, ?, ?,"
                + " now())",
            account,
            name,
            name.toLowerCase(Locale.ROOT));
      }
      for (String name : ROOMS) {
        handle.execute(
            "with room as (insert into rooms (room_name, name_key, password_hash, owner_id,"
                + " created_at) select ?, ?, 'x', min(id), now() from users returning id) insert"
                + " into room_heads (room_id) select id from room",
            name,
            name.toLowerCase(Locale.ROOT));
      }
      return handle
          .createQuery("select id, username from users")
          .map((row, context) -> Map.entry(row.getString("username"), row.getLong("id")))
          .collectToMap(Map.Entry::getKey, Map.Entry::getValue);
    }
  }

  private static long id(Map<String, Long> users, String name) {
    return Objects.requireNonNull(users.get(name));
  }

  private static String email(String name) {
    return "p" + PEOPLE.indexOf(name) + "@example.org";
  }

  private static NewMessage said(Member member) {
    return new NewMessage(
        member,
        Stores.sessionOf(member),
        MessageContent.of("hello"),
        MessageType.TEXT,
        Optional.empty(),
        Stores.NOON);
  }

  private static String name(Stores stores, String typed) {
    return stores.rooms().named(RoomName.typed(typed)).orElseThrow().room().name().text();
  }

  private static boolean rename(Stores stores, long user, String name) {
    return stores.accounts().rename(new UserId(user), Username.of(name));
  }

  private static PasswordHash hash() {
    return new PasswordHash("$2a$10$none");
  }
}
