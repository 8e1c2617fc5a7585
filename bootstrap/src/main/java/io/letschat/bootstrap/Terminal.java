package io.letschat.bootstrap;

import java.io.Console;
import java.util.Optional;

/** Whoever sits in front of the command line, if anybody does. */
interface Terminal {
  void say(String text);

  /** What they answer; empty where nobody can be asked. */
  Optional<String> ask(String question);

  static Terminal system() {
    return new Terminal() {
      @Override
      public void say(String text) {
        System.out.println(text);
      }

      @Override
      public Optional<String> ask(String question) {
        Console console = System.console();
        return console != null && console.isTerminal()
            ? Optional.ofNullable(console.readLine("%s", question))
            : Optional.empty();
      }
    };
  }
}
