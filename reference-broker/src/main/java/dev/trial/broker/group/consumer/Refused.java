package dev.trial.broker.group.consumer;

import org.apache.kafka.common.protocol.Errors;

/** A request that breaks a rule; the group stays as it is. */
public final class Refused extends Exception {
  private static final long serialVersionUID = 1L;

  private final Errors error;

  /**
   * @param error what the client is told
   */
  public Refused(Errors error, String message) {
    super(message, null, false, false);
    this.error = error;
  }

  /** There is no consumer group of that name. */
  public static Refused noGroup(String group) {
    return new Refused(Errors.GROUP_ID_NOT_FOUND, "Consumer group " + group + " not found.");
  }

  /** There is no group of that name at all. */
  public static Refused noSuchGroup(String group) {
    return new Refused(Errors.GROUP_ID_NOT_FOUND, "Group " + group + " not found.");
  }

  /** There is a group of that name, of another kind. */
  public static Refused noConsumerGroup(String group) {
    return new Refused(Errors.GROUP_ID_NOT_FOUND, "Group " + group + " is not a consumer group.");
  }

  /** What the client is told. */
  public Errors error() {
    return error;
  }
}
