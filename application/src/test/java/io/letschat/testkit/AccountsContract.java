package io.letschat.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.letschat.application.account.Accounts;
import io.letschat.domain.account.Account;
import io.letschat.domain.account.EmailAddress;
import io.letschat.domain.account.PasswordHash;
import io.letschat.domain.account.UserId;
import io.letschat.domain.account.Username;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** What every {@link Accounts} keeps. */
public abstract class AccountsContract {
  /** The adapter, the same during a test; there may be something in it. */
  protected abstract Stores stores();

  @Test
  void an_account_is_found_by_its_id_and_by_its_address_in_any_case() {
    Accounts accounts = stores().accounts();
    String name = Stores.unique();
    Account added = added(accounts, name + "@Example.org", Optional.of(Username.of(name)));

    assertThat(accounts.find(added.id())).contains(added);
    var found = accounts.withEmail(EmailAddress.of(name.toUpperCase(Locale.ROOT) + "@example.ORG"));
    assertThat(found.orElseThrow().account()).isEqualTo(added);
    assertThat(found.orElseThrow().password()).isEqualTo(Stores.HASH);
    assertThat(added.email().text()).isEqualTo(name + "@Example.org");
    assertThat(added.verified()).isFalse();
  }

  @Test
  void an_address_that_differs_only_in_case_or_width_is_taken() {
    Accounts accounts = stores().accounts();
    String name = Stores.unique();
    added(accounts, name + "@example.org", Optional.empty());

    assertThat(add(accounts, name + "@EXAMPLE.ORG", Optional.empty()))
        .isInstanceOf(Accounts.EmailTaken.class);
    assertThat(
            add(accounts, "  " + name.replace('n', '\uff4e') + "@example.org ", Optional.empty()))
        .isInstanceOf(Accounts.EmailTaken.class);
  }

  @Test
  void a_username_that_differs_only_in_case_is_taken_and_nothing_is_added() {
    Accounts accounts = stores().accounts();
    String name = Stores.unique();
    added(accounts, Stores.unique() + "@example.org", Optional.of(Username.of(name)));
    String email = Stores.unique() + "@example.org";

    assertThat(add(accounts, email, Optional.of(Username.of(name.toUpperCase(Locale.ROOT)))))
        .isInstanceOf(Accounts.NameTaken.class);
    assertThat(accounts.withEmail(EmailAddress.of(email))).isEmpty();
  }

  @Test
  void a_user_without_a_name_gets_one_once() {
    Accounts accounts = stores().accounts();
    Account account = added(accounts, Stores.unique() + "@example.org", Optional.empty());
    Username name = Username.of(Stores.unique());
    assertThat(account.username()).isEmpty();

    assertThat(accounts.name(account.user(), name)).isEqualTo(new Accounts.Named(name));
    assertThat(accounts.name(account.user(), Username.of(Stores.unique())))
        .isEqualTo(new Accounts.NamedBefore(name));
    assertThat(accounts.find(account.id()).orElseThrow().username()).contains(name);
  }

  @Test
  void a_name_of_somebody_else_is_not_given() {
    Accounts accounts = stores().accounts();
    Username name = Username.of(Stores.unique());
    added(accounts, Stores.unique() + "@example.org", Optional.of(name));
    UserId nameless = added(accounts, Stores.unique() + "@example.org", Optional.empty()).user();

    assertThat(accounts.name(nameless, name)).isInstanceOf(Accounts.NameTaken.class);
    Username free = Username.of(Stores.unique());
    assertThat(accounts.name(nameless, free)).isEqualTo(new Accounts.Named(free));
  }

  @Test
  void a_name_can_be_changed_to_a_free_one_and_in_its_case() {
    Accounts accounts = stores().accounts();
    String name = Stores.unique();
    Account account =
        added(accounts, Stores.unique() + "@example.org", Optional.of(Username.of(name)));
    Username louder = Username.of(name.toUpperCase(Locale.ROOT));
    Username free = Username.of(Stores.unique());

    assertThat(accounts.rename(account.user(), louder)).isTrue();
    assertThat(accounts.find(account.id()).orElseThrow().username()).contains(louder);
    assertThat(accounts.rename(account.user(), free)).isTrue();
    assertThat(accounts.find(account.id()).orElseThrow().username()).contains(free);
    added(accounts, Stores.unique() + "@example.org", Optional.of(Username.of(name)));
    assertThat(accounts.rename(account.user(), louder)).isFalse();
    assertThat(accounts.find(account.id()).orElseThrow().username()).contains(free);
  }

  @Test
  void a_name_that_looks_like_somebody_else_s_is_taken_in_every_way_to_get_one() {
    Accounts accounts = stores().accounts();
    String name = "a" + Stores.unique();
    Username lookAlike = Username.of(name.replace('a', '\u0430'));
    Account original =
        added(accounts, Stores.unique() + "@example.org", Optional.of(Username.of(name)));
    Account nameless = added(accounts, Stores.unique() + "@example.org", Optional.empty());

    assertThat(add(accounts, Stores.unique() + "@example.org", Optional.of(lookAlike)))
        .isInstanceOf(Accounts.NameTaken.class);
    assertThat(accounts.name(nameless.user(), lookAlike)).isInstanceOf(Accounts.NameTaken.class);
    Username own = Username.of(Stores.unique());
    assertThat(accounts.name(nameless.user(), own)).isEqualTo(new Accounts.Named(own));
    assertThat(accounts.rename(nameless.user(), lookAlike)).isFalse();
    assertThat(accounts.find(nameless.id()).orElseThrow().username()).contains(own);

    assertThat(accounts.rename(original.user(), lookAlike)).as("one's own").isTrue();
    assertThat(accounts.rename(nameless.user(), Username.of(name))).isFalse();
    assertThat(accounts.rename(original.user(), Username.of(Stores.unique()))).isTrue();
    assertThat(accounts.rename(nameless.user(), Username.of(name))).isTrue();
  }

  @Test
  void names_in_ascii_never_stand_in_each_other_s_way() {
    Accounts accounts = stores().accounts();
    String name = "m0" + Stores.unique();
    added(accounts, Stores.unique() + "@example.org", Optional.of(Username.of(name)));

    added(
        accounts,
        Stores.unique() + "@example.org",
        Optional.of(Username.of(name.replace("m0", "rnO"))));
    added(accounts, Stores.unique() + "@example.org", Optional.of(Username.of("O'" + name)));
    added(accounts, Stores.unique() + "@example.org", Optional.of(Username.of("0'" + name)));
  }

  @Test
  void of_many_who_choose_names_that_look_the_same_at_once_exactly_one_gets_it() throws Exception {
    Accounts accounts = stores().accounts();
    String name = "aoec" + Stores.unique();
    List<Callable<Boolean>> tries = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      String cyrillic =
          (i % 2 == 0 ? "\u0430" : "a")
              + (i / 2 % 2 == 0 ? "\u043e" : "o")
              + (i / 4 == 0 ? "\u0435" : "e")
              + "\u0441";
      Username mine = Username.of(name.replace("aoec", cyrillic));
      UserId user = added(accounts, Stores.unique() + "@example.org", Optional.empty()).user();
      tries.add(
          i % 3 == 0
              ? () -> accounts.rename(user, mine)
              : () -> accounts.name(user, mine) instanceof Accounts.Named);
    }
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      int named = 0;
      for (Future<Boolean> outcome : threads.invokeAll(tries)) {
        named += outcome.get() ? 1 : 0;
      }
      assertThat(named).isEqualTo(1);
    }
  }

  @Test
  void the_names_of_many_are_asked_for_at_once_and_are_those_of_now() {
    Accounts accounts = stores().accounts();
    Username name = Username.of(Stores.unique());
    Username other = Username.of(Stores.unique());
    UserId one = added(accounts, Stores.unique() + "@example.org", Optional.of(name)).user();
    UserId two = added(accounts, Stores.unique() + "@example.org", Optional.of(other)).user();
    UserId nameless = added(accounts, Stores.unique() + "@example.org", Optional.empty()).user();
    assertThat(accounts.names(List.of(one, two, nameless)))
        .isEqualTo(Map.of(one, name, two, other));

    Username free = Username.of(Stores.unique());
    accounts.rename(one, free);

    assertThat(accounts.names(List.of(one))).isEqualTo(Map.of(one, free));
    assertThat(accounts.names(List.of())).isEmpty();
  }

  @Test
  void an_address_is_verified_once_and_for_all() {
    Accounts accounts = stores().accounts();
    Account account = added(accounts, Stores.unique() + "@example.org", Optional.empty());
    Account other = added(accounts, Stores.unique() + "@example.org", Optional.empty());

    accounts.verify(account.id());
    accounts.verify(account.id());

    assertThat(accounts.find(account.id()).orElseThrow().verified()).isTrue();
    assertThat(accounts.find(other.id()).orElseThrow().verified()).isFalse();
  }

  @Test
  void of_many_who_take_one_address_at_once_exactly_one_gets_it() throws Exception {
    Accounts accounts = stores().accounts();
    String email = Stores.unique() + "@example.org";
    List<Callable<Accounts.Addition>> tries = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      tries.add(() -> add(accounts, email, Optional.of(Username.of(Stores.unique()))));
    }
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      int added = 0;
      for (Future<Accounts.Addition> outcome : threads.invokeAll(tries)) {
        added += outcome.get() instanceof Accounts.Added ? 1 : 0;
      }
      assertThat(added).isEqualTo(1);
    }
  }

  @Test
  void another_hash_takes_the_place_of_the_one_it_was_made_for_and_of_no_other() {
    Accounts accounts = stores().accounts();
    Account account = added(accounts, Stores.unique() + "@example.org", Optional.empty());
    var fresh = new PasswordHash("$2a$10$fresh");
    var changed = new PasswordHash("$2a$10$changed");

    assertThat(accounts.rehash(account.id(), Stores.HASH, fresh)).isTrue();
    assertThat(accounts.withEmail(account.email()).orElseThrow().password()).isEqualTo(fresh);
    accounts.changePassword(account.id(), changed);
    assertThat(accounts.rehash(account.id(), fresh, Stores.HASH)).isFalse();
    assertThat(accounts.withEmail(account.email()).orElseThrow().password()).isEqualTo(changed);
  }

  private static Account added(Accounts accounts, String email, Optional<Username> name) {
    return ((Accounts.Added) add(accounts, email, name)).account();
  }

  private static Accounts.Addition add(Accounts accounts, String email, Optional<Username> name) {
    return accounts.add(EmailAddress.of(email), name, Stores.HASH, Stores.NOON);
  }
}
