package io.letschat.persistence.postgres;

/** Which LetsChat it is that has this database: made once, with the database. */
public final class Installation {
  private Installation() {}

  /** Twelve hexadecimal digits. */
  public static String of(Database database) {
    return database
        .handles()
        .withHandle(
            handle -> handle.createQuery("select id from installation").mapTo(String.class).one());
  }
}
