package io.letschat.bootstrap;

import io.letschat.persistence.postgres.migration.RollbackPlan;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** {@code migrate rollback}: says what will be lost, and asks before it is. */
final class RollbackCommand {
  private final Supplier<Optional<RollbackPlan>> planning;
  private final Consumer<RollbackPlan> rollback;
  private final Terminal terminal;
  private final boolean embedded;

  /**
   * @param planning what would be done
   * @param rollback does it
   * @param embedded whether the database is the embedded one, which {@code backup} is for
   */
  RollbackCommand(
      Supplier<Optional<RollbackPlan>> planning,
      Consumer<RollbackPlan> rollback,
      Terminal terminal,
      boolean embedded) {
    this.planning = planning;
    this.rollback = rollback;
    this.terminal = terminal;
    this.embedded = embedded;
  }

  /**
   * @param yes nobody is to be asked
   * @return the exit code
   */
  int run(boolean yes) {
    Optional<RollbackPlan> plan = planning.get();
    if (plan.isEmpty()) {
      terminal.say("There is nothing to take back.");
      return 0;
    }
    terminal.say(description(plan.get()));
    if (!yes) {
      Optional<String> answer = terminal.ask("Take it back? [y/N] ");
      if (answer.isEmpty()) {
        terminal.say(
            "Nothing was changed: there is no terminal to ask. `./letschat migrate rollback --yes`"
                + " does it without a question.");
        return 1;
      }
      if (!List.of("y", "yes").contains(answer.get().strip().toLowerCase(Locale.ROOT))) {
        terminal.say("Nothing was changed.");
        return 1;
      }
    }
    rollback.accept(plan.get());
    terminal.say(plan.get().script() + " was taken back.");
    return 0;
  }

  private String description(RollbackPlan plan) {
    return plan.script()
        + " is the last migration. Taking it back "
        + (plan.losses().isEmpty()
            ? "drops no table and no column."
            : "drops " + String.join(", ", plan.losses()) + ", for good.")
        + " Make a backup first, with "
        + (embedded ? "`./letschat backup FILE`." : "`pg_dump`.");
  }
}
