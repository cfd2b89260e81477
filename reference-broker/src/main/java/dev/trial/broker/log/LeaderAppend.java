package dev.trial.broker.log;

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
 */
public record LeaderAppend(
    Errors error, long baseOffset, long lastOffset, long appendTimeMs, boolean duplicate) {

  static LeaderAppend refused(Errors error) {
    return new LeaderAppend(error, -1, -1, -1, false);
  }
}
