package io.letschat.application.account;

import io.letschat.domain.Text;
import io.letschat.domain.account.Password;
import io.letschat.domain.account.PasswordHash;
import java.text.Normalizer;
import java.text.Normalizer.Form;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Compares passwords in each way in which a keyboard may have composed them: as typed, in NFC and
 * in NFD. An é is one code point on one device and two on another, and people see no difference.
 */
public final class PasswordMatcher {
  /**
   * @param fresh a hash of the password as it was typed, where only another form of it was right:
   *     to be kept instead of the old one, so that the next time needs one comparison
   */
  public record Match(boolean right, Optional<PasswordHash> fresh) {}

  private final PasswordHasher passwords;

  public PasswordMatcher(PasswordHasher passwords) {
    this.passwords = passwords;
  }

  /**
   * A wrong password takes as many comparisons whatever it is compared with: as many as it has
   * different forms, three at most.
   */
  public Match match(String typed, PasswordHash hash) {
    for (String form : forms(typed)) {
      if (passwords.matches(form, hash)) {
        boolean anew = !form.equals(typed) && Text.utf8Length(typed) <= Password.MAX_BYTES;
        return new Match(true, anew ? Optional.of(passwords.hash(typed)) : Optional.empty());
      }
    }
    return new Match(false, Optional.empty());
  }

  private static Set<String> forms(String typed) {
    Set<String> forms = new LinkedHashSet<>();
    forms.add(typed);
    forms.add(Normalizer.normalize(typed, Form.NFC));
    forms.add(Normalizer.normalize(typed, Form.NFD));
    return forms;
  }
}
