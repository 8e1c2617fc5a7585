package io.letschat.bootstrap.settings;

/**
 * @param jwt {@code JWT_SECRET}, signs the tokens of sessions
 * @param session {@code SESSION_SECRET}, the key of the hashes of one-time codes
 */
public record Secrets(String jwt, String session) {
  @Override
  public String toString() {
    return "Secrets[hidden]";
  }
}
