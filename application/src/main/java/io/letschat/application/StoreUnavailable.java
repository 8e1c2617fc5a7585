package io.letschat.application;

/**
 * What is kept cannot be reached just now: nobody listens, no connection is free, there is no room
 * left, it is being shut down or did not answer in time. A state of the surroundings and no defect:
 * it is worth a line in the log and another try, soon.
 *
 * <p>The ports whose Javadoc says so throw it from every method, and whoever implements one
 * translates what its own library throws. Whether a change that ended this way was made is not
 * known. Where that matters to a caller the port has an answer for it instead, as {@code
 * MessageLog.append} has; where one can do without a store, as with what only counts or hints, the
 * port says what is answered then, and does not throw.
 */
public final class StoreUnavailable extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * @param store which one, for the log
   * @param cause what its library said
   */
  public StoreUnavailable(String store, Throwable cause) {
    super(store + " is not available: " + cause, cause);
  }
}
