package io.letschat.web.page;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the page after a form says about what was done. The address of the page carries its key and
 * never the sentence, which anybody could write there.
 */
public enum Notice {
  PASSWORD_CHANGED("Your password is changed. Please log in with the new one."),
  CODE_SENT("The code is on its way to you."),
  CODE_DELAYED(
      "The mail could not be sent yet. We keep trying for some minutes; look into your mailbox soon."),
  EMAIL_VERIFIED("Thank you. Your e-mail address is verified."),
  NAME_CHANGED("Your name is changed, on what you said before too."),
  AVATAR_CHANGED("Your picture is changed."),
  AVATAR_REMOVED("Your picture is removed."),
  SESSION_ENDED("That session is signed out."),
  SIGNED_OUT_EVERYWHERE("You are signed out everywhere.");

  private final String sentence;

  Notice(String sentence) {
    this.sentence = sentence;
  }

  /** The sentence of the notice with this key, if there is one. */
  public static Optional<String> sentence(@Nullable String key) {
    return Arrays.stream(values())
        .filter(notice -> notice.key().equals(key))
        .map(notice -> notice.sentence)
        .findFirst();
  }

  public String sentence() {
    return sentence;
  }

  /** The path of a page that shows the notice. */
  public String on(String path) {
    return path + "?notice=" + key();
  }

  private String key() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
