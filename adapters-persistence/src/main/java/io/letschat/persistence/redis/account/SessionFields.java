package io.letschat.persistence.redis.account;

import io.letschat.application.account.session.AuthenticatedUser;
import io.letschat.domain.account.Account;
import io.letschat.domain.account.AccountId;
import io.letschat.domain.account.Device;
import io.letschat.domain.account.EmailAddress;
import io.letschat.domain.account.Session;
import io.letschat.domain.account.SessionId;
import io.letschat.domain.account.UserId;
import io.letschat.domain.account.Username;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A session and its account as names and values. */
final class SessionFields {
  private static final Logger log = LoggerFactory.getLogger(SessionFields.class);

  private SessionFields() {}

  static List<String> write(AuthenticatedUser who) {
    Session session = who.session();
    Account account = who.account();
    List<String> fields =
        new ArrayList<>(
            List.of(
                "of", session.id().handle(),
                "account", Long.toString(account.id().value()),
                "user", Long.toString(account.user().value()),
                "email", account.email().text(),
                "verified", Boolean.toString(account.verified()),
                "user_agent", session.device().userAgent(),
                "address", session.device().address(),
                "signed_in_at", session.signedInAt().toString(),
                "expires_at", session.expiresAt().toString()));
    account.username().ifPresent(name -> fields.addAll(List.of("username", name.text())));
    return fields;
  }

  /**
   * Empty where it is not this session's: Redis is not ours alone.
   *
   * @param written name, value, name, value …
   */
  static Optional<AuthenticatedUser> read(SessionId id, List<String> written) {
    Map<String, String> fields = new HashMap<>();
    for (int i = 0; i + 1 < written.size(); i += 2) {
      fields.put(written.get(i), written.get(i + 1));
    }
    try {
      if (!id.handle().equals(fields.get("of"))) {
        return Optional.empty();
      }
      var account =
          new Account(
              new AccountId(Long.parseLong(text(fields, "account"))),
              new UserId(Long.parseLong(text(fields, "user"))),
              new EmailAddress(text(fields, "email")),
              Optional.ofNullable(fields.get("username")).map(Username::stored),
              Boolean.parseBoolean(text(fields, "verified")));
      var session =
          new Session(
              id,
              account.id(),
              account.user(),
              new Device(text(fields, "user_agent"), text(fields, "address")),
              Instant.parse(text(fields, "signed_in_at")),
              Instant.parse(text(fields, "expires_at")));
      return Optional.of(new AuthenticatedUser(session, account));
    } catch (RuntimeException damaged) {
      log.debug("a session in Redis could not be read: {}", damaged.toString());
      return Optional.empty();
    }
  }

  private static String text(Map<String, String> fields, String name) {
    String value = fields.get(name);
    if (value == null) {
      throw new IllegalArgumentException(name + " is missing");
    }
    return value;
  }
}
