package io.letschat.application.presence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.letschat.application.Scheduler;
import io.letschat.application.delivery.Connection;
import io.letschat.application.delivery.ConnectionRegistry;
import io.letschat.application.delivery.LocalDelivery;
import io.letschat.application.delivery.LocalSubscribers;
import io.letschat.application.delivery.Person;
import io.letschat.application.delivery.RoomEvent;
import io.letschat.application.delivery.RoomEvent.OnlineUsers;
import io.letschat.application.delivery.RoomEvent.UserJoined;
import io.letschat.application.delivery.RoomEvent.UserLeft;
import io.letschat.application.delivery.RoomEvent.UserStoppedTyping;
import io.letschat.application.delivery.RoomEvent.UserTyping;
import io.letschat.application.delivery.RoomPublisher;
import io.letschat.application.delivery.RoomStreams;
import io.letschat.application.delivery.cluster.ClusterBus;
import io.letschat.domain.account.UserId;
import io.letschat.domain.account.Username;
import io.letschat.domain.limit.Limit;
import io.letschat.domain.room.Member;
import io.letschat.domain.room.Room;
import io.letschat.domain.room.RoomId;
import io.letschat.testkit.Chat;
import io.letschat.testkit.InMemoryAccounts;
import io.letschat.testkit.InMemoryMessageLog;
import io.letschat.testkit.InMemoryRooms;
import io.letschat.testkit.ManualScheduler;
import io.letschat.testkit.SettableClock;
import io.letschat.testkit.Someone;
import io.letschat.testkit.TestConnection;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import org.junit.jupiter.api.Test;

class RoomPresenceTest {
  private final Chat chat = unlimited();
  private final Someone ada = chat.someone("ada");
  private final Room tea = ada.enters("tea", "secret");
  private final Someone bob = chat.someone("bob");

  private static Chat unlimited() {
    var limits = new EnumMap<>(Chat.usualLimits());
    limits.remove(Limit.REGISTER);
    return new Chat(limits, log -> log);
  }

  @Test
  void the_others_are_told_who_comes_and_goes_and_nobody_about_themselves() {
    TestConnection adas = ada.opens(tea);
    bob.enters("tea", "secret");
    TestConnection bobs = bob.opens(tea);
    bob.closes(tea, bobs);

    assertThat(adas.received(UserJoined.class))
        .extracting(UserJoined::person)
        .containsExactly(person(bob));
    assertThat(adas.received(UserLeft.class))
        .extracting(UserLeft::person)
        .containsExactly(person(bob));
    assertThat(bobs.received(UserJoined.class)).isEmpty();
  }

  @Test
  void closing_one_of_two_tabs_changes_nothing_for_the_others() {
    bob.enters("tea", "secret");
    TestConnection adas = ada.opens(tea);
    TestConnection first = bob.opens(tea);
    TestConnection second = bob.opens(tea);
    settle();
    adas.forget();

    bob.closes(tea, first);
    settle();
    assertThat(adas.received()).isEmpty();

    bob.closes(tea, second);
    settle();
    assertThat(adas.received(UserLeft.class)).hasSize(1);
    assertThat(adas.received(OnlineUsers.class))
        .extracting(OnlineUsers::online)
        .containsExactly(1L);
  }

  @Test
  void the_news_are_told_at_once_and_then_once_per_pause() {
    TestConnection adas = ada.opens(tea);
    chat.pass(Duration.ZERO);
    assertThat(adas.received(OnlineUsers.class)).hasSize(1);

    bob.enters("tea", "secret");
    for (int i = 0; i < 10; i++) {
      bob.opens(tea);
    }
    chat.pass(Duration.ZERO);
    assertThat(adas.received(OnlineUsers.class)).hasSize(1);
    chat.pass(RoomPresence.PAUSE);

    assertThat(adas.received(OnlineUsers.class)).hasSize(2);
    OnlineUsers latest = adas.received(OnlineUsers.class).getLast();
    assertThat(latest.latest()).containsExactly(person(bob), person(ada));
    assertThat(latest.online()).isEqualTo(2);
    assertThat(latest.members()).isEqualTo(2);
  }

  @Test
  void in_a_crowd_only_a_hundred_names_are_told_and_nobody_s_coming_and_going() {
    TestConnection adas = ada.opens(tea);
    List<Someone> crowd = new ArrayList<>();
    List<TestConnection> sockets = new ArrayList<>();
    for (int i = 0; i < 150; i++) {
      Someone someone = chat.someone("person" + i);
      someone.enters("tea", "secret");
      crowd.add(someone);
      sockets.add(someone.opens(tea));
    }
    settle();

    assertThat(adas.received(UserJoined.class)).hasSize(99);
    OnlineUsers latest = adas.received(OnlineUsers.class).getLast();
    assertThat(latest.latest()).hasSize(100);
    assertThat(latest.latest().getFirst()).isEqualTo(person(crowd.get(149)));
    assertThat(latest.online()).isEqualTo(151);
    assertThat(latest.members()).isEqualTo(151);

    adas.forget();
    crowd.getFirst().closes(tea, sockets.getFirst());
    settle();
    assertThat(adas.received(UserLeft.class)).isEmpty();
    assertThat(adas.received(OnlineUsers.class))
        .extracting(OnlineUsers::online)
        .containsExactly(150L);
  }

  @Test
  void typing_is_told_to_the_others_and_ends_by_itself() {
    bob.enters("tea", "secret");
    TestConnection adas = ada.opens(tea);
    TestConnection bobs = bob.opens(tea);

    chat.typing.start(member(bob), bobs);
    chat.pass(Duration.ofSeconds(4));
    assertThat(adas.received(UserTyping.class)).hasSize(1);
    assertThat(adas.received(UserStoppedTyping.class)).isEmpty();
    chat.pass(Duration.ofSeconds(1));

    assertThat(adas.received(UserStoppedTyping.class)).hasSize(1);
    assertThat(bobs.received(UserTyping.class)).isEmpty();
    assertThat(bobs.received(UserStoppedTyping.class)).isEmpty();
  }

  @Test
  void each_key_prolongs_the_typing_and_is_told_once_a_second_at_most() {
    bob.enters("tea", "secret");
    TestConnection adas = ada.opens(tea);
    TestConnection bobs = bob.opens(tea);

    for (int i = 0; i < 40; i++) {
      chat.typing.start(member(bob), bobs);
      chat.pass(Duration.ofMillis(250));
    }

    assertThat(adas.received(UserTyping.class)).hasSize(10);
    assertThat(adas.received(UserStoppedTyping.class)).isEmpty();
  }

  @Test
  void typing_ends_when_its_socket_goes_but_not_when_another_one_does() {
    bob.enters("tea", "secret");
    TestConnection adas = ada.opens(tea);
    TestConnection typing = bob.opens(tea);
    TestConnection other = bob.opens(tea);

    chat.typing.start(member(bob), typing);
    bob.closes(tea, other);
    assertThat(adas.received(UserStoppedTyping.class)).isEmpty();
    bob.closes(tea, typing);
    assertThat(adas.received(UserStoppedTyping.class)).hasSize(1);
  }

  private void settle() {
    chat.pass(RoomPresence.PAUSE.multipliedBy(3));
  }

  private Member member(Someone someone) {
    return chat.rooms.of(someone.user(), tea.id()).orElseThrow();
  }

  private static Person person(Someone someone) {
    return new Person(someone.user(), someone.who().account().username().orElseThrow());
  }

  @Test
  void what_could_not_be_told_is_told_once_it_can() {
    var away = new boolean[1];
    var told = new ArrayList<RoomEvent>();
    var scheduler = new ManualScheduler(new SettableClock(Instant.EPOCH));
    RoomPresence presence = tellingTo(told, scheduler, away);
    Member member = new Member(tea, ada.user(), Username.of("ada"));
    presence.arrive(member, new TestConnection("a1", member.user()));
    told.clear();

    away[0] = true;
    presence.changed(tea.id(), true);
    assertThatThrownBy(() -> scheduler.pass(Duration.ZERO)).hasMessage("away");
    assertThatThrownBy(() -> scheduler.pass(RoomPresence.PAUSE)).hasMessage("away");
    assertThat(told).isEmpty();

    away[0] = false;
    scheduler.pass(RoomPresence.PAUSE.multipliedBy(3));
    assertThat(told).hasSize(1).allMatch(OnlineUsers.class::isInstance);
  }

  private RoomPresence tellingTo(List<RoomEvent> told, Scheduler scheduler, boolean[] away) {
    var accounts = new InMemoryAccounts();
    var log = new InMemoryMessageLog(accounts);
    var audience =
        new LocalSubscribers() {
          @Override
          public void add(RoomId room, Connection connection) {}

          @Override
          public void remove(RoomId room, Connection connection) {}

          @Override
          public void send(RoomEvent event) {
            told.add(event);
          }
        };
    var presence =
        new Presence() {
          private final Presence here = new LocalPresence();

          @Override
          public Change arrive(RoomId room, UserId user, String connection) {
            return here.arrive(room, user, connection);
          }

          @Override
          public Change depart(RoomId room, UserId user, String connection) {
            return here.depart(room, user, connection);
          }

          @Override
          public long online(RoomId room) {
            if (away[0]) {
              throw new IllegalStateException("away");
            }
            return here.online(room);
          }

          @Override
          public List<UserId> latest(RoomId room, int most) {
            return here.latest(room, most);
          }
        };
    var registry = new ConnectionRegistry();
    var streams = new RoomStreams(log, registry, audience, scheduler, ClusterBus.NONE);
    return new RoomPresence(
        registry,
        presence,
        new LocalRoster(registry),
        new RoomRoster(presence, accounts, new InMemoryRooms(accounts, log)),
        new RoomPublisher(streams, new LocalDelivery(registry, audience), ClusterBus.NONE),
        scheduler,
        ClusterBus.NONE);
  }
}
