package io.letschat.persistence.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.letschat.application.StoreUnavailable;
import io.letschat.embeddedpostgres.PostgresAddress;
import io.letschat.persistence.postgres.embedded.SharedPostgres;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import org.jdbi.v3.core.JdbiException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class DatabaseTest {
  @Test
  void a_database_that_answers_is_ready_and_a_closed_one_is_not() {
    Database database = Database.open(SharedPostgres.emptyDatabase());
    assertThat(database.isReady()).isTrue();
    database.close();
    assertThat(database.isReady()).isFalse();
  }

  @Test
  void opening_does_not_fail_where_nobody_listens_but_it_is_not_ready() throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    try (Database database = open("127.0.0.1", port)) {
      assertNotReadyWithin(database, 6_000);
    }
  }

  @Tag("long")
  @Test
  void a_server_that_never_says_a_word_does_not_hold_anybody_for_long() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
        Database database = open("127.0.0.1", silent.getLocalPort())) {
      assertNotReadyWithin(database, 6_000);
    }
  }

  @Test
  void what_the_address_asks_of_the_driver_is_done() {
    PostgresAddress address = SharedPostgres.emptyDatabase();
    PostgresAddress asking =
        new PostgresAddress(
            address.jdbcUrl() + "&ApplicationName=mine", address.user(), address.password());
    try (Database database = Database.open(asking)) {
      String name =
          database
              .handles()
              .withHandle(h -> h.createQuery("show application_name").mapTo(String.class).one());
      assertThat(name).isEqualTo("mine");
    }
  }

  @Test
  void an_error_says_nothing_of_what_was_to_be_written() {
    try (Database database = Database.open(SharedPostgres.emptyDatabase())) {
      database
          .handles()
          .useHandle(h -> h.execute("create table t (x text unique check (x <> 'no'))"));
      assertThat(errorOfInserting(database, "a private word twice", "a private word twice"))
          .contains("duplicate key")
          .doesNotContain("private");
      assertThat(errorOfInserting(database, "another private word", "no"))
          .contains("check constraint")
          .doesNotContain("private");
    }
  }

  private static String errorOfInserting(Database database, String... values) {
    StringWriter error = new StringWriter();
    try {
      for (String value : values) {
        database
            .handles()
            .useHandle(h -> h.createUpdate("insert into t values (:x)").bind("x", value).execute());
      }
    } catch (JdbiException e) {
      e.printStackTrace(new PrintWriter(error));
    }
    return error.toString();
  }

  @Test
  void when_everybody_has_taken_all_connections_the_next_is_told_and_those_who_append_have_theirs()
      throws Exception {
    var giveBack = new CompletableFuture<Void>();
    try (Database database = Database.open(SharedPostgres.emptyDatabase());
        var threads = Executors.newVirtualThreadPerTaskExecutor();
        AutoCloseable givenBack = () -> giveBack.complete(null)) {
      Throwable refusal = null;
      for (int i = 0; i < 100 && refusal == null; i++) {
        refusal = catchThrowable(() -> hold(database, giveBack, threads).join());
      }
      assertThat(refusal).hasCauseInstanceOf(StoreUnavailable.class);
      int one =
          database
              .appendingHandles()
              .withHandle(h -> h.createQuery("select 1").mapTo(Integer.class).one());
      assertThat(one).isEqualTo(1);
    }
  }

  /** Takes a connection until it is to be given back. */
  private static CompletableFuture<Void> hold(
      Database database, CompletableFuture<Void> giveBack, Executor threads) {
    var held = new CompletableFuture<Void>();
    threads.execute(() -> {
      try {
        database
            .handles()
            .useHandle(handle -> {
              held.complete(null);
              giveBack.join();
            });
      } catch (RuntimeException e) {
        held.completeExceptionally(e);
      }
    });
    return held;
  }

  @Test
  void what_is_to_be_finished_is_finished_while_there_are_connections_and_once() {
    Database database = Database.open(SharedPostgres.emptyDatabase());
    List<String> finished = new ArrayList<>();
    database.beforeClosing(() -> finished.add("given first, ready: " + database.isReady()));
    database.beforeClosing(() -> finished.add("given last"));
    database.close();
    database.close();
    assertThat(finished).containsExactly("given last", "given first, ready: true");
  }

  private static Database open(String host, int port) {
    return Database.open(
        new PostgresAddress("jdbc:postgresql://" + host + ":" + port + "/x", "x", "x"));
  }

  private static void assertNotReadyWithin(Database database, long milliseconds) {
    long began = System.nanoTime();
    assertThat(database.isReady()).isFalse();
    assertThat((System.nanoTime() - began) / 1_000_000).isLessThan(milliseconds);
  }
}
