package dev.trial.broker.transaction;

import dev.trial.broker.settings.BrokerSettings;
import java.util.function.IntSupplier;

/**
 * The coordinator's settings by Kafka's names, with Kafka 4.3's defaults.
 *
 * @param finalizedVersion the level of the feature transaction.version now: 0, 1 or 2 (KIP-890)
 */
record TransactionSettings(
    IntSupplier finalizedVersion,
    int partitions,
    short replicationFactor,
    int minInSync,
    int segmentBytes,
    int maxTimeoutMs,
    long idExpirationMs,
    long abortTimedOutIntervalMs,
    long expireIntervalMs,
    boolean twoPhaseCommit,
    long requestTimeoutMs) {

  static TransactionSettings of(BrokerSettings settings, IntSupplier finalizedVersion) {
    return new TransactionSettings(
        finalizedVersion,
        (int) settings.number("transaction.state.log.num.partitions", 50),
        (short) settings.number("transaction.state.log.replication.factor", 3),
        (int) settings.number("transaction.state.log.min.isr", 2),
        (int) settings.number("transaction.state.log.segment.bytes", 100 * 1024 * 1024),
        (int) settings.number("transaction.max.timeout.ms", 900_000),
        settings.number("transactional.id.expiration.ms", 7 * 24 * 3_600_000L),
        settings.number("transaction.abort.timed.out.transaction.cleanup.interval.ms", 10_000),
        settings.number("transaction.remove.expired.transaction.cleanup.interval.ms", 3_600_000),
        settings.flag("transaction.two.phase.commit.enable", false),
        settings.requestTimeoutMs());
  }

  int transactionVersion() {
    return finalizedVersion.getAsInt();
  }
}
