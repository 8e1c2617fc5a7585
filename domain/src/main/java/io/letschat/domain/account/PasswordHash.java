package io.letschat.domain.account;

/**
 * What is kept of a password: a bcrypt string in the modular crypt format, {@code $2a$} or Node's
 * {@code $2b$}.
 */
public record PasswordHash(String bcrypt) {
  @Override
  public String toString() {
    return "PasswordHash[hidden]";
  }
}
