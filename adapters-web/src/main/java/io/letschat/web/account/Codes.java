package io.letschat.web.account;

import io.letschat.domain.InvalidValueException;
import io.letschat.domain.account.OneTimeCode;
import io.letschat.web.http.ApiException;

/** What the forms that take a code have in common. */
final class Codes {
  private Codes() {}

  /** The text of the field, which must not be empty. */
  static String typed(String typed) {
    if (typed.isBlank()) {
      throw new InvalidValueException("otp", "Please enter the code from the mail.");
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
    return ApiException.of(
        400,
        "invalid_code",
        "otp",
        "This code is wrong or no longer good. You can have another one sent.");
  }

  static ApiException mailUnavailable() {
    return ApiException.of(
        503,
        "mail_unavailable",
        "This server is not set up to send mail. Please ask whoever runs it.");
  }
}
