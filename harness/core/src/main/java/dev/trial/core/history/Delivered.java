package dev.trial.core.history;

/**
 * A record as a consumer got it.
 *
 * @param value the value id its bytes carry, {@link #NO_VALUE} if they carry none
 * @param key the record's key as text, null when it has none
 * @param defect null if topic, key, headers, timestamp and bytes are what was sent; else what is
 *     not
 */
public record Delivered(PartitionId partition, long offset, long value, String key, String defect) {

  /** The value of a record whose bytes carry no value id. */
  public static final long NO_VALUE = -1;
}
