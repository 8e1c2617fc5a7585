package io.letschat.web.account;

import io.letschat.domain.InvalidValueException;
import io.letschat.domain.Sentence;
import io.letschat.domain.account.OneTimeCode;
import io.letschat.web.http.ApiException;

/** What the forms that take a code have in common. */
final class Codes {
  private Codes() {}

  /** The text of the field, which must not be empty. */
  static String typed(String typed) {
    if (typed.isBlank()) {
      throw new InvalidValueException("otp", Sentence.of("code.missing"));
    }
    return typed;
  }

  /** What has not six digits is a wrong code like any other. */
  static OneTimeCode read(String typed) {
    try {
      return OneTimeCode.of(typed);
    } catch (InvalidValueException e) {
      throw invalid();
    }
  }

  /** The one answer to every code that is not accepted. */
  static ApiException invalid() {
    return ApiException.of(400, "invalid_code", "otp", Sentence.of("code.wrong"));
  }

  static ApiException mailUnavailable() {
    return ApiException.of(503, "mail_unavailable", Sentence.of("mail.unavailable"));
  }
}
