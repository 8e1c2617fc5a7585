package io.letschat.domain.limit;

/**
 * Everything that is limited, with its default and with what happens while the counters cannot be
 * reached. Each is a setting: {@code RATE_LIMIT_} and its name.
 */
public enum Limit {
  FORGOT_PASSWORD("3/15m", Failing.CLOSED),
  OTP_REQUEST("3/15m", Failing.CLOSED),
  OTP_VERIFY("5/15m", Failing.CLOSED),
  /** Failed sign-ins. */
  LOGIN("10/15m", Failing.CLOSED),
  /** Wrong passwords of rooms. */
  ROOM_PASSWORD("10/15m", Failing.CLOSED),
  REGISTER("100/15m", Failing.OPEN),
  /** Requests that change something, outside {@code /api/auth}. */
  GENERAL("100/15m", Failing.OPEN),
  /** Pages and history. */
  READ("1000/15m", Failing.OPEN),
  MESSAGE("60/10s", Failing.OPEN),
  TYPING("60/10s", Failing.OPEN),
  UPLOAD("30/15m", Failing.OPEN);

  /** What happens while nobody can count. */
  public enum Failing {
    /** Everybody is let through. */
    OPEN,
    /** Nobody is, and is told that it does not work at the moment: never that it was too often. */
    CLOSED
  }

  private final String usual;
  private final Failing failing;

  Limit(String usual, Failing failing) {
    this.usual = usual;
    this.failing = failing;
  }

  public Rate defaultRate() {
    return Rate.parse(setting(), usual).orElseThrow();
  }

  public Failing failing() {
    return failing;
  }

  /** The name of the setting, for example {@code RATE_LIMIT_GENERAL}. */
  public String setting() {
    return "RATE_LIMIT_" + name();
  }
}
