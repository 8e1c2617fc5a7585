package io.letschat.persistence.postgres.migration;

import io.letschat.domain.Confusables;
import java.util.List;
import org.jdbi.v3.core.Handle;

/**
 * Keeps two people from choosing names that look the same, also in the same moment. Names from
 * before may look the same, so no unique index can do it: a transaction locks the skeletons of the
 * name that it wants, and looks for them after that.
 */
public enum LookAlikes {
  USERS(1, "users", "username"),
  ROOMS(2, "rooms", "room_name");

  /** The first half of the advisory locks' keys, so that they are nobody else's. */
  private static final int LOCKS = 0x6e616d00;

  private final int number;
  private final String condition;

  LookAlikes(int number, String table, String column) {
    this.number = number;
    this.condition =
        """
        not exists (
          select 1 from <table> o
          where o.skeletons && cast(:skeletons as text[]) and o.id <> :self
            and not (:ascii and octet_length(translate(o.<column>, '’', '''')) = char_length(o.<column>)))
        """
            .replace("<table>", table)
            .replace("<column>", column);
  }

  /**
   * True of a row if no other one looks like the name; {@code :skeletons}, {@code :ascii} and
   * {@code :self}, the row's own id or 0, are to be bound.
   */
  public String nobodyElse() {
    return condition;
  }

  /** Until the transaction ends, nobody else chooses a name that looks like this one. */
  public void lock(Handle handle, String name) {
    // In one order for all, and only after that order is made.
    handle
        .createQuery(
            """
            select pg_advisory_xact_lock(:space, hash)
            from (
              select distinct hashtext(skeleton) as hash from unnest(:skeletons) as skeleton
              order by hash offset 0
            ) as hashes
            """)
        .bind("space", LOCKS + number)
        .bindArray("skeletons", String.class, of(name))
        .mapTo(String.class)
        .list();
  }

  /** What is kept in {@code skeletons}. */
  public static List<String> of(String name) {
    return List.copyOf(Confusables.skeletons(name));
  }
}
