package dev.trial.broker.log;

/**
 * Whose timestamps records have, and how far a client's may be from the leader's clock (KIP-937).
 *
 * @param logAppendTime message.timestamp.type is LogAppendTime: records get the leader's time
 * @param beforeMaxMs message.timestamp.before.max.ms
 * @param afterMaxMs message.timestamp.after.max.ms
 */
public record TimestampSettings(boolean logAppendTime, long beforeMaxMs, long afterMaxMs) {

  /** A client's own, at most so far ahead. */
  public static TimestampSettings ofClients(long afterMaxMs) {
    return new TimestampSettings(false, Long.MAX_VALUE, afterMaxMs);
  }

  /** True if a client's record may not have it (LogValidator.recordHasInvalidTimestamp). */
  boolean refuses(long timestamp, long nowMs) {
    return !logAppendTime && (nowMs - timestamp > beforeMaxMs || timestamp - nowMs > afterMaxMs);
  }
}
