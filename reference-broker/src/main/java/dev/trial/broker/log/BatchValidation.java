package dev.trial.broker.log;

import java.nio.ByteBuffer;
import org.apache.kafka.common.protocol.Errors;

/** What a leader looks at before it stores batches (Kafka's LogValidator and UnifiedLog.append). */
final class BatchValidation {
  private static final byte MAGIC = 2;

  private BatchValidation() {}

  /**
   * What is wrong with the first batch that may not be stored, NONE if all may be.
   *
   * @param view walks over the batches
   */
  static Errors check(RecordBatchView view, ByteBuffer batches, LogSettings settings) {
    view.reset(batches);
    if (view.atEnd()) {
      return Errors.INVALID_RECORD;
    }
    while (!view.atEnd()) {
      Errors error = check(view, settings);
      if (error != Errors.NONE) {
        return error;
      }
      view.advance();
    }
    return Errors.NONE;
  }

  private static Errors check(RecordBatchView batch, LogSettings settings) {
    if (!batch.complete()) {
      return Errors.CORRUPT_MESSAGE;
    }
    if (batch.sizeBytes() > settings.maxMessageBytes()) {
      return Errors.MESSAGE_TOO_LARGE;
    }
    if (batch.sizeBytes() > settings.segmentBytes()) {
      return Errors.RECORD_LIST_TOO_LARGE;
    }
    if (batch.magic() != MAGIC) {
      return Errors.UNSUPPORTED_FOR_MESSAGE_FORMAT;
    }
    if (!batch.checksumMatches()) {
      return Errors.CORRUPT_MESSAGE;
    }
    if (!batch
        .compressionKnown()) { // analyzeAndValidateRecords stumbles over CompressionType.forId
      return Errors.UNKNOWN_SERVER_ERROR;
    }
    boolean counted = batch.count() > 0 && batch.lastOffsetDelta() == batch.count() - 1;
    return counted ? Errors.NONE : Errors.INVALID_RECORD;
  }
}
