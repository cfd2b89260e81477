package dev.trial.broker.replication;

import dev.trial.broker.log.LogSettings;
import dev.trial.broker.log.RejectedRecord;
import dev.trial.core.history.PartitionId;
import java.util.List;
import org.apache.kafka.common.message.ProduceResponseData.BatchIndexAndErrorMessage;
import org.apache.kafka.common.message.ProduceResponseData.PartitionProduceResponse;
import org.apache.kafka.common.requests.ProduceResponse.RecordError;

/** Tells a producer which of its records were wrong, in LogValidator's words (KIP-467). */
final class RecordErrors {
  private static final int SHOWN_MAX = 3;

  private final PartitionId partition;
  private final LogSettings settings;
  private final long nowMs;

  RecordErrors(PartitionId partition, LogSettings settings, long nowMs) {
    this.partition = partition;
    this.settings = settings;
    this.nowMs = nowMs;
  }

  void tell(List<RejectedRecord> rejected, PartitionProduceResponse answer) {
    List<RecordError> errors =
        rejected.stream().map(each -> new RecordError(each.index(), words(each))).toList();
    boolean times = rejected.stream().anyMatch(record -> !record.keyless());
    answer.setErrorMessage(
        times
            ? "One or more records have been rejected due to invalid timestamp"
            : "One or more records have been rejected due to "
                + errors.size()
                + " record errors in total, and only showing the first three errors at most: "
                + errors.subList(0, Math.min(errors.size(), SHOWN_MAX)));
    errors.forEach(
        error ->
            answer
                .recordErrors()
                .add(
                    new BatchIndexAndErrorMessage()
                        .setBatchIndex(error.batchIndex)
                        .setBatchIndexErrorMessage(error.message)));
  }

  private String words(RejectedRecord record) {
    return record.keyless()
        ? "Compacted topic cannot accept message without key in topic partition " + partition
        : "Timestamp "
            + record.timestamp()
            + " of message with offset "
            + record.offset()
            + " is out of range. The timestamp should be within ["
            + (nowMs - settings.timestamps().beforeMaxMs())
            + ", "
            + (nowMs + settings.timestamps().afterMaxMs())
            + "]";
  }
}
