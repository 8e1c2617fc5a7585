package io.letschat.bootstrap.settings;

import io.letschat.application.sentence.Sentences;
import io.letschat.domain.InvalidValueException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The settings as they are written, and a sentence for each of them that was refused. */
final class RawSettings {
  /** What is read by the launcher, by Docker Compose, or by what the compositions start. */
  private static final Set<String> OF_OTHERS =
      Set.of("LETSCHAT_JAVA_OPTS", "POSTGRES_PASSWORD", "TLS_PROXY", "CONNECTIONS");

  private static final String LIMITS = "RATE_LIMIT_";

  private final Map<String, String> environment;
  private final DotEnv file;
  private final Map<String, String> written;

  /** Whatever is asked for is a setting, so that none can be forgotten here. */
  private final Set<String> known = new TreeSet<>();

  private final List<String> refused = new ArrayList<>();

  /** The environment goes before the file. */
  RawSettings(Map<String, String> environment, DotEnv file) {
    this.environment = environment;
    this.file = file;
    written = new HashMap<>(file.values());
    written.putAll(environment);
  }

  /** An empty value is none. */
  Optional<String> given(String name) {
    known.add(name);
    return Optional.ofNullable(written.get(name))
        .map(String::strip)
        .filter(value -> !value.isEmpty());
  }

  /**
   * The value, or the usual one; empty if it is refused.
   *
   * @param parse throws an {@link IllegalArgumentException} that says what is accepted
   */
  <T> Optional<T> read(String name, String usual, Function<String, T> parse) {
    try {
      return Optional.of(parse.apply(given(name).orElse(usual)));
    } catch (InvalidValueException e) {
      refuse(Sentences.english().of(e.sentence()));
    } catch (IllegalArgumentException e) {
      refuse(name + ": " + e.getMessage());
    }
    return Optional.empty();
  }

  /** The value; empty if there is none, or it is refused. */
  <T> Optional<T> read(String name, Function<String, T> parse) {
    return given(name).flatMap(value -> read(name, value, parse));
  }

  Optional<Integer> number(String name, int usual, int least, int most) {
    return read(
        name,
        Integer.toString(usual),
        value -> number(value, least, most, "a number from " + least + " to " + most));
  }

  /**
   * @throws IllegalArgumentException that says {@code accepted}
   */
  static int number(String value, int least, int most, String accepted) {
    if (value.matches("[0-9]{1,9}")) {
      int number = Integer.parseInt(value);
      if (number >= least && number <= most) {
        return number;
      }
    }
    throw new IllegalArgumentException("is " + accepted + ".");
  }

  Optional<Boolean> yesOrNo(String name, boolean usual) {
    return read(name, Boolean.toString(usual), RawSettings::yesOrNo);
  }

  private static boolean yesOrNo(String value) {
    return switch (value.toLowerCase(Locale.ROOT)) {
      case "true", "1", "yes", "on" -> true;
      case "false", "0", "no", "off" -> false;
      default -> throw new IllegalArgumentException("is true or false.");
    };
  }

  /**
   * @param sentence begins with the setting's name and says what is accepted
   */
  void refuse(String sentence) {
    String name = sentence.split("[^A-Za-z0-9_]", 2)[0];
    refused.add(
        environment.containsKey(name)
            ? sentence
            : file.place(name).map(place -> place + ": " + sentence).orElse(sentence));
  }

  /**
   * Refuses names that are none of ours, but nearly. To be called when all settings have been asked
   * for.
   *
   * @return a sentence for each name in the file that nobody reads
   */
  List<String> refuseMisspelt() {
    for (String name : new TreeSet<>(environment.keySet())) {
      if (isUnknown(name)) {
        Misspelt.inTheEnvironment(name, known)
            .filter(meant -> given(meant).isEmpty())
            .ifPresentOrElse(
                meant ->
                    refused.add(
                        name
                            + " in the environment is no setting of LetsChat; write "
                            + meant
                            + ", or unset it."),
                () -> refuseUnknownLimit(name, " in the environment"));
      }
    }
    List<String> unread = new ArrayList<>();
    for (String name : file.values().keySet()) {
      if (isUnknown(name)) {
        Optional<String> meant = Misspelt.inOurFile(name, known);
        if (meant.isPresent()) {
          refuse(name + " is no setting of LetsChat; write " + meant.get() + ".");
        } else if (!refuseUnknownLimit(name, "") && !name.startsWith("COMPOSE_")) {
          unread.add(file.place(name).orElseThrow() + ": " + name + " is no setting of LetsChat.");
        }
      }
    }
    return unread;
  }

  private boolean isUnknown(String name) {
    return !known.contains(name) && !OF_OTHERS.contains(name);
  }

  private boolean refuseUnknownLimit(String name, String where) {
    if (!name.startsWith(LIMITS)) {
      return false;
    }
    refuse(
        name
            + where
            + " is no limit; there are "
            + known.stream()
                .filter(each -> each.startsWith(LIMITS))
                .collect(Collectors.joining(", "))
            + ".");
    return true;
  }

  List<String> refused() {
    return List.copyOf(refused);
  }
}
