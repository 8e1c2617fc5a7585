package io.letschat.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.letschat.application.room.Memberships;
import io.letschat.application.room.Rooms;
import io.letschat.domain.account.Account;
import io.letschat.domain.account.PasswordHash;
import io.letschat.domain.message.MessageContent;
import io.letschat.domain.message.MessageType;
import io.letschat.domain.message.NewMessage;
import io.letschat.domain.room.Member;
import io.letschat.domain.room.Room;
import io.letschat.domain.room.RoomId;
import io.letschat.domain.room.RoomName;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** What every {@link Rooms} and {@link Memberships} keep. */
public abstract class RoomsContract {
  /** The adapter, the same during a test; there may be something in it. */
  protected abstract Stores stores();

  @Test
  void a_new_room_has_its_owner_as_its_only_member() {
    Stores stores = stores();
    Account owner = stores.someone();
    RoomName name = RoomName.of("Tea " + Stores.unique());

    Room room = stores.rooms().create(name, Stores.HASH, owner.user(), Stores.NOON).orElseThrow();

    assertThat(room.name()).isEqualTo(name);
    assertThat(room.owner()).isEqualTo(owner.user());
    var member = new Member(room, owner.user(), owner.username().orElseThrow());
    assertThat(stores.memberships().of(owner.user(), room.id())).contains(member);
    assertThat(stores.memberships().membersOf(room.id())).containsExactly(member);
    assertThat(stores.memberships().count(room.id())).isEqualTo(1);
  }

  @Test
  void a_room_is_found_by_its_id_and_by_its_name_in_any_case() {
    Stores stores = stores();
    Room room = stores.roomAndOwner().room();
    var locked = new Rooms.Locked(room, Stores.HASH);

    assertThat(stores.rooms().find(room.id())).contains(locked);
    assertThat(stores.rooms().named(RoomName.of(room.name().text().toUpperCase(Locale.ROOT))))
        .contains(locked);
    assertThat(stores.rooms().named(RoomName.of(Stores.unique()))).isEmpty();
    assertThat(stores.rooms().find(new RoomId(Long.MAX_VALUE))).isEmpty();
  }

  @Test
  void of_many_who_create_one_room_at_once_exactly_one_does() throws Exception {
    Stores stores = stores();
    RoomName name = RoomName.of(Stores.unique());
    List<Callable<Optional<Room>>> tries = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      Account account = stores.someone();
      tries.add(() -> stores.rooms().create(name, Stores.HASH, account.user(), Stores.NOON));
    }
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      int created = 0;
      for (Future<Optional<Room>> outcome : threads.invokeAll(tries)) {
        created += outcome.get().isPresent() ? 1 : 0;
      }
      assertThat(created).isEqualTo(1);
    }
    assertThat(stores.memberships().count(stores.rooms().named(name).orElseThrow().room().id()))
        .isEqualTo(1);
  }

  @Test
  void a_room_that_would_look_like_another_one_is_not_made() throws Exception {
    Stores stores = stores();
    String name = "tea " + Stores.unique();
    List<Callable<Optional<Room>>> tries = new ArrayList<>();
    for (String tea : new String[] {"t\u0435a", "te\u0430", "t\u0435\u0430", "tea\u200d"}) {
      Account account = stores.someone();
      RoomName lookAlike = RoomName.of(name.replace("tea", tea));
      tries.add(() -> stores.rooms().create(lookAlike, Stores.HASH, account.user(), Stores.NOON));
    }
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      int created = 0;
      for (Future<Optional<Room>> outcome : threads.invokeAll(tries)) {
        created += outcome.get().isPresent() ? 1 : 0;
      }
      assertThat(created).isEqualTo(1);
    }
    Account account = stores.someone();
    assertThat(stores.rooms().create(RoomName.of(name), Stores.HASH, account.user(), Stores.NOON))
        .isEmpty();
    assertThat(stores.rooms().named(RoomName.of(name))).isEmpty();
  }

  @Test
  void another_hash_takes_the_place_of_the_one_it_was_made_for_and_of_no_other() {
    Stores stores = stores();
    Room room = stores.roomAndOwner().room();
    var fresh = new PasswordHash("$2a$10$fresh");

    stores.rooms().rehash(room.id(), fresh, new PasswordHash("$2a$10$other"));
    assertThat(stores.rooms().find(room.id()).orElseThrow().password()).isEqualTo(Stores.HASH);
    stores.rooms().rehash(room.id(), Stores.HASH, fresh);
    assertThat(stores.rooms().find(room.id()).orElseThrow().password()).isEqualTo(fresh);
  }

  @Test
  void admitting_a_member_again_changes_nothing() {
    Stores stores = stores();
    Room room = stores.roomAndOwner().room();
    Member member = stores.join(room);

    stores.memberships().admit(room.id(), member.user(), Stores.NOON);

    assertThat(stores.memberships().count(room.id())).isEqualTo(2);
  }

  @Test
  void an_ended_membership_is_gone_and_can_begin_again() {
    Stores stores = stores();
    Room room = stores.roomAndOwner().room();
    Member member = stores.join(room);

    assertThat(stores.memberships().end(room.id(), member.user())).isTrue();
    assertThat(stores.memberships().end(room.id(), member.user())).isFalse();
    assertThat(stores.memberships().of(member.user(), room.id())).isEmpty();

    stores.memberships().admit(room.id(), member.user(), Stores.NOON);
    assertThat(stores.memberships().of(member.user(), room.id())).contains(member);
  }

  @Test
  void nobody_belongs_to_rooms_of_others_or_to_rooms_that_are_not_there() {
    Stores stores = stores();
    Room room = stores.roomAndOwner().room();
    Account stranger = stores.someone();

    assertThat(stores.memberships().of(stranger.user(), room.id())).isEmpty();
    assertThat(stores.memberships().of(stranger.user(), new RoomId(Long.MAX_VALUE))).isEmpty();
    assertThat(stores.memberships().roomsOf(stranger.user())).isEmpty();
  }

  @Test
  void the_room_with_the_latest_message_comes_first() {
    Stores stores = stores();
    Member quiet = stores.roomAndOwner();
    Member busy = stores.roomAndOwner();
    Account visitor = stores.someone();
    stores.memberships().admit(quiet.room().id(), visitor.user(), Stores.NOON);
    stores.memberships().admit(busy.room().id(), visitor.user(), Stores.NOON);
    var at = Stores.NOON.plusSeconds(7);
    stores
        .log()
        .append(
            new NewMessage(
                busy,
                Stores.sessionOf(busy),
                MessageContent.of("hello"),
                MessageType.TEXT,
                Optional.empty(),
                at));

    assertThat(stores.memberships().roomsOf(visitor.user()))
        .containsExactly(
            new Memberships.Summary(busy.room(), 2, Optional.of(at)),
            new Memberships.Summary(quiet.room(), 2, Optional.empty()));
  }
}
