package io.letschat.web.http;

import io.letschat.domain.InvalidValueException;
import io.letschat.domain.Sentence;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Reads the fields of a submission into values, and keeps what is wrong with each, so that somebody
 * hears everything at once.
 */
public final class FieldValidator {
  private final FormOrJsonBody formOrJsonBody;
  private final Map<String, Sentence> wrong = new LinkedHashMap<>();

  public FieldValidator(FormOrJsonBody formOrJsonBody) {
    this.formOrJsonBody = formOrJsonBody;
  }

  /** A field that must be there; one that is not is read as an empty text. */
  public <T> Optional<T> required(String name, Function<String, T> read) {
    Sentence wrongType = formOrJsonBody.wrongTypes().get(name);
    if (wrongType != null) {
      wrong.put(name, wrongType);
      return Optional.empty();
    }
    try {
      return Optional.of(read.apply(formOrJsonBody.typed(name)));
    } catch (InvalidValueException e) {
      wrong.put(name, e.sentence());
      return Optional.empty();
    }
  }

  /** A field that may be absent or blank. */
  public <T> Optional<T> optional(String name, Function<String, T> read) {
    boolean absent =
        formOrJsonBody.typed(name).isBlank() && !formOrJsonBody.wrongTypes().containsKey(name);
    return absent ? Optional.empty() : required(name, read);
  }

  /**
   * To be called when all were read, before one is used.
   *
   * @throws ApiException 422 with every field that is wrong
   */
  public void refuseIfWrong() {
    if (!wrong.isEmpty()) {
      throw ApiException.invalid(wrong);
    }
  }
}
