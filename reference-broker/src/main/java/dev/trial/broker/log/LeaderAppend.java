package dev.trial.broker.log;

import java.util.List;
import org.apache.kafka.common.protocol.Errors;

/**
 * How an append on a leader ended.
 *
 * @param error NONE when the batch is in the log (now or already before)
 * @param baseOffset offset of the first record, −1 on an error
 * @param lastOffset offset of the last record, −1 on an error
 * @param appendTimeMs the broker's time for LogAppendTime topics, else −1; of a duplicate the
 *     largest timestamp of its batch, as Kafka answers whatever the type
 * @param duplicate the batch was there already and was not written again
 * @param rejected the records that the error is about; empty if it is about none by itself
 */
public record LeaderAppend(
    Errors error,
    long baseOffset,
    long lastOffset,
    long appendTimeMs,
    boolean duplicate,
    List<RejectedRecord> rejected) {

  static LeaderAppend stored(long baseOffset, long lastOffset, long appendTimeMs) {
    return new LeaderAppend(Errors.NONE, baseOffset, lastOffset, appendTimeMs, false, List.of());
  }

  static LeaderAppend duplicate(long baseOffset, long lastOffset, long appendTimeMs) {
    return new LeaderAppend(Errors.NONE, baseOffset, lastOffset, appendTimeMs, true, List.of());
  }

  /** Nothing was written. */
  public static LeaderAppend refused(Errors error) {
    return refused(error, List.of());
  }

  static LeaderAppend refused(Errors error, List<RejectedRecord> rejected) {
    return new LeaderAppend(error, -1, -1, -1, false, List.copyOf(rejected));
  }
}
