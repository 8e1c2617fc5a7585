package io.letschat.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.letschat.bootstrap.wiring.Counted;
import io.letschat.persistence.postgres.migration.RollbackPlan;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommandLineTest {
  private static final RollbackPlan PLAN =
      new RollbackPlan("V2__notes.sql", List.of("the table notes with 3 rows"));

  private final List<String> said = new ArrayList<>();
  private final List<RollbackPlan> done = new ArrayList<>();

  @Test
  void every_command_is_understood() throws Exception {
    assertThat(parse()).isEqualTo(new CommandLine.Serve());
    assertThat(parse("dev")).isEqualTo(new CommandLine.Dev());
    assertThat(parse("migrate")).isEqualTo(new CommandLine.Migrate());
    assertThat(parse("migrate", "rollback")).isEqualTo(new CommandLine.Rollback(false));
    assertThat(parse("migrate", "rollback", "--yes")).isEqualTo(new CommandLine.Rollback(true));
    assertThat(parse("migrate", "create", "add topics"))
        .isEqualTo(new CommandLine.Create("add topics"));
    assertThat(parse("migrate", "create", "add", "topics"))
        .isEqualTo(new CommandLine.Create("add topics"));
    assertThat(parse("backup", "a b")).isEqualTo(new CommandLine.Backup(Path.of("a b")));
    assertThat(parse("restore", "a")).isEqualTo(new CommandLine.Restore(Path.of("a")));
    assertThat(parse("--version")).isEqualTo(new CommandLine.Version());
    assertThat(parse("-h")).isEqualTo(new CommandLine.Help());
  }

  /** `migrate create` without a name was once told that there is no such command. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "migrate create | migrate create needs a name",
        "migrate crate x | migrate has no 'crate'",
        "migrate rollback now | takes no other word than --yes",
        "backup | backup needs the file that is to be written, such as: ./letschat backup chat.zip",
        "restore | restore needs the file of a backup",
        "backup a b | takes one file",
        "dev now | dev takes no other words",
        "bakcup x | did you mean: ./letschat backup x ?",
        "start | There is no command 'start'.",
        "--port 80 | There is no command '--port'."
      })
  void what_is_not_understood_is_told_what_is_missing(String words, String sentence) {
    assertThatThrownBy(() -> parse(words.split(" ")))
        .isInstanceOf(CommandLine.UsageError.class)
        .hasMessageContaining(sentence);
  }

  @Test
  void one_is_not_many() {
    assertThat(Counted.of(0, "row")).isEqualTo("0 rows");
    assertThat(Counted.of(1, "migration")).isEqualTo("1 migration");
    assertThat(Counted.of(2, "migration")).isEqualTo("2 migrations");
  }

  @Test
  void a_rollback_says_what_is_lost_and_asks_first() {
    assertThat(rollback(Optional.of("n"), false)).isEqualTo(1);
    assertThat(said.getFirst())
        .contains("V2__notes.sql", "the table notes with 3 rows", "./letschat backup FILE");
    assertThat(said.getLast()).isEqualTo("Nothing was changed.");
    assertThat(rollback(Optional.of(""), false)).isEqualTo(1);
    assertThat(done).isEmpty();

    assertThat(rollback(Optional.of("Yes"), false)).isZero();
    assertThat(done).containsExactly(PLAN);
    assertThat(said.getLast()).isEqualTo("V2__notes.sql was taken back.");
  }

  @Test
  void where_nobody_can_be_asked_a_rollback_wants_to_be_told_yes() {
    assertThat(rollback(Optional.empty(), false)).isEqualTo(1);
    assertThat(said.getLast()).contains("Nothing was changed", "--yes");
    assertThat(done).isEmpty();

    assertThat(rollback(Optional.empty(), true)).isZero();
    assertThat(done).containsExactly(PLAN);
  }

  private int rollback(Optional<String> answer, boolean yes) {
    var terminal =
        new Terminal() {
          @Override
          public void say(String text) {
            said.add(text);
          }

          @Override
          public Optional<String> ask(String question) {
            return answer;
          }
        };
    return new RollbackCommand(() -> Optional.of(PLAN), done::add, terminal, true).run(yes);
  }

  private static CommandLine parse(String... words) throws CommandLine.UsageError {
    return CommandLine.parse(List.of(words));
  }
}
