package dev.trial.broker.group;

import org.apache.kafka.common.Uuid;

/**
 * A committed offset.
 *
 * @param offset next offset to read
 * @param leaderEpoch of the last record read, −1 if unknown (KIP-320)
 * @param commitEpochMs when it was committed
 * @param expireEpochMs when it expires by the committer's wish (OffsetCommit v2–v4), −1 for none
 * @param topicId zero if unknown
 */
record CommittedOffset(
    long offset,
    int leaderEpoch,
    String metadata,
    long commitEpochMs,
    long expireEpochMs,
    Uuid topicId) {}
