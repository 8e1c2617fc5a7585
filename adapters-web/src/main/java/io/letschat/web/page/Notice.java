package io.letschat.web.page;

import io.letschat.domain.Sentence;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the page after a form says about what was done. The address of the page carries its key and
 * never the sentence, which anybody could write there.
 */
public enum Notice {
  PASSWORD_CHANGED(Sentence.of("notice.password-changed")),
  CODE_SENT(Sentence.of("notice.code-sent")),
  CODE_DELAYED(Sentence.of("notice.code-delayed")),
  EMAIL_VERIFIED(Sentence.of("notice.email-verified")),
  NAME_CHANGED(Sentence.of("notice.name-changed")),
  AVATAR_CHANGED(Sentence.of("notice.avatar-changed")),
  AVATAR_REMOVED(Sentence.of("notice.avatar-removed")),
  SESSION_ENDED(Sentence.of("notice.session-ended")),
  SIGNED_OUT_EVERYWHERE(Sentence.of("notice.signed-out-everywhere"));

  private final Sentence sentence;

  Notice(Sentence sentence) {
    this.sentence = sentence;
  }

  /** The sentence of the notice with this key, if there is one. */
  public static Optional<Sentence> sentence(@Nullable String key) {
    return Arrays.stream(values())
        .filter(notice -> notice.key().equals(key))
        .map(notice -> notice.sentence)
        .findFirst();
  }

  public Sentence sentence() {
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
