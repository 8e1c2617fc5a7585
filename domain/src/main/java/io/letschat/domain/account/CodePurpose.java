package io.letschat.domain.account;

/** What a one-time code is good for; it is good for nothing else. */
public enum CodePurpose {
  /** To choose another password without knowing the old one. */
  RECOVERY,
  /** To show that the account's address is one's own. */
  VERIFICATION
}
