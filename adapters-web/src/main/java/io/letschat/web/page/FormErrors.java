package io.letschat.web.page;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Why a form comes back: a sentence for people, and what is wrong with single fields, by their
 * names.
 */
public record FormErrors(String message, Map<String, String> fields) {
  private static final FormErrors NONE = new FormErrors("", Map.of());

  /** A form that was not sent yet. */
  public static FormErrors none() {
    return NONE;
  }

  /** Whether there is anything to say. */
  public boolean present() {
    return !message.isEmpty();
  }

  /** What is wrong with one field, or null. */
  public @Nullable String of(String field) {
    return fields.get(field);
  }
}
