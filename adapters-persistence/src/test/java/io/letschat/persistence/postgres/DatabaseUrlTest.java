package io.letschat.persistence.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.letschat.embeddedpostgres.PostgresAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DatabaseUrlTest {
  private static final String ME = System.getProperty("user.name");

  @ParameterizedTest
  @CsvSource(
      delimiterString = " -> ",
      value = {
        "postgresql://postgres:mypassword@localhost:5432/letschat"
            + " -> jdbc:postgresql://localhost:5432/letschat",
        "postgres://postgres:mypassword@db/letschat -> jdbc:postgresql://db/letschat",
        "postgresql://postgres:mypassword@[::1]:5433/x -> jdbc:postgresql://[::1]:5433/x",
        "postgresql://postgres:mypassword@a:1,b:2/x -> jdbc:postgresql://a:1,b:2/x",
        "postgresql://postgres:mypassword@/x -> jdbc:postgresql://localhost/x",
        "postgresql://postgres:mypassword@db/my%20chat%3f -> jdbc:postgresql://db/my%20chat%3F",
        "postgresql://postgres:mypassword@db/x?sslmode=require&connect_timeout=7"
            + " -> jdbc:postgresql://db/x?sslmode=require&connectTimeout=7",
        "postgresql://db/x?user=postgres&password=mypassword&sslmode=disable"
            + " -> jdbc:postgresql://db/x?sslmode=disable",
        "jdbc:postgresql://db:1/x?user=postgres&password=mypassword&ssl=true"
            + " -> jdbc:postgresql://db:1/x?ssl=true",
      })
  void urls_in_use_are_read(String url, String jdbcUrl) {
    assertThat(DatabaseUrl.parse(url))
        .isEqualTo(new PostgresAddress(jdbcUrl, "postgres", "mypassword"));
  }

  @Test
  void what_is_percent_encoded_is_decoded_and_a_plus_is_a_plus() {
    PostgresAddress address = DatabaseUrl.parse("postgresql://u%40x:p%3A%2f%C3%BC+%25@db/x");
    assertThat(address.user()).isEqualTo("u@x");
    assertThat(address.password()).isEqualTo("p:/ü+%");
  }

  @Test
  void who_gives_no_user_is_who_runs_the_program() {
    assertThat(DatabaseUrl.parse("postgresql://db/x"))
        .isEqualTo(new PostgresAddress("jdbc:postgresql://db/x", ME, ""));
    assertThat(DatabaseUrl.parse("jdbc:postgresql://db/x").user()).isEqualTo(ME);
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " -> ",
      value = {
        "mysql://u:hunter2@db/x -> does not begin with postgresql://",
        "localhost:5432/x -> does not begin with postgresql://",
        "jdbc:mysql://db/x?password=hunter2 -> only PostgreSQL",
        "postgresql://u:hunter2@db -> name of the database is missing",
        "postgresql://u:hunter2@db/ -> name of the database is missing",
        "postgresql://u:hunter2@db:99999/x -> not between 1 and 65535",
        "postgresql://u:hunter2@db:port/x -> not a host, or a host and a port",
        "postgresql://u:hunter2@d b/x -> not a host, or a host and a port",
        "postgresql://u:hunter2@db/x?sslmode -> not of the form name=value",
        "postgresql://u:hunter2%@db/x -> not followed by two hexadecimal digits",
        "postgresql://u:hunter2%4@db/x -> not followed by two hexadecimal digits",
        "postgresql://u:hunter2%ff@db/x -> not UTF-8",
        "postgresql://u:hunter2@more@db/x -> must be percent-encoded",
        "postgresql://u:hunter2/more@db/x -> must be percent-encoded",
        "postgresql://u:hunter2#more@db/x -> must be percent-encoded",
        "postgresql://u:hunter2?more@db/x -> name of the database is missing",
      })
  void what_is_wrong_is_said_without_the_password(String url, String what) {
    assertThatThrownBy(() -> DatabaseUrl.parse(url))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(what)
        .hasMessageNotContaining("hunter2");
  }
}
