package io.letschat.embeddedpostgres;

/** Where a PostgreSQL is reached and as whom. Printing one does not print the password. */
public record PostgresAddress(String jdbcUrl, String user, String password) {
  @Override
  public String toString() {
    return user + " at " + jdbcUrl;
  }
}
