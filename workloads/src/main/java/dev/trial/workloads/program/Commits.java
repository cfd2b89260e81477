package dev.trial.workloads.program;

import dev.trial.core.history.Delivered;
import dev.trial.core.history.PartitionId;
import dev.trial.core.run.ClientContext;
import dev.trial.core.run.Parameters;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.WakeupException;

/** Carries a {@link CommitStrategy} out: what was worked on and is not committed yet. */
final class Commits {
  private final ClientContext context;
  private final RecordedConsumer consumer;
  private final CommitStrategy strategy;
  private final boolean onRevoke;
  private final boolean beforeClose;
  private final long intervalMs;
  private final Map<PartitionId, Long> uncommitted = new TreeMap<>();
  private final Map<PartitionId, Long> reached = new TreeMap<>();
  private long lastCommitMs;

  Commits(ClientContext context, RecordedConsumer consumer, CommitStrategy strategy) {
    Parameters parameters = context.parameters();
    this.context = context;
    this.consumer = consumer;
    this.strategy = strategy;
    this.onRevoke = parameters.flag("commit-on-revoke", false);
    this.beforeClose = parameters.flag("final-commit", true);
    this.intervalMs = parameters.number("commit-ms", 5_000);
    this.lastCommitMs = context.clock().millis();
  }

  /** False if the records must not be worked on: their commit, made first, did not succeed. */
  boolean beforeWork(List<Delivered> records) {
    if (strategy != CommitStrategy.BEFORE_PROCESSING || records.isEmpty()) {
      return true;
    }
    Map<PartitionId, Long> next = new TreeMap<>();
    for (Delivered record : records) {
      next.put(record.partition(), record.offset() + 1);
    }
    return consumer.commitSync(next) == null;
  }

  /** One record was worked on. */
  void worked(Delivered record) {
    long offset = record.offset() + (strategy == CommitStrategy.OFF_BY_ONE ? 0 : 1);
    if (holdsPositions()) {
      uncommitted.put(record.partition(), offset);
      reached.put(record.partition(), offset);
    }
    if (strategy == CommitStrategy.SYNC_RECORD) {
      sync();
    }
  }

  /** All records of a poll were worked on. */
  void afterWork() {
    if (uncommitted.isEmpty()) {
      return;
    }
    switch (strategy) {
      case SYNC_BATCH, SYNC_RECORD, OFF_BY_ONE -> sync();
      case SYNC_INTERVAL -> syncIfDue();
      case ASYNC -> {
        consumer.commitAsync(uncommitted, (offsets, error) -> {});
        uncommitted.clear();
      }
      case ASYNC_RETRY -> {
        commitUntilItSucceeds(uncommitted);
        uncommitted.clear();
      }
      case TRACKED -> throw new IllegalStateException("work is tracked where it is handed over");
      case AUTO, AUTO_ASYNC, BEFORE_PROCESSING, NONE -> {}
    }
  }

  /** All before these offsets is finished: commits them if they are news, and it is time. */
  void finished(Map<PartitionId, Long> next) {
    uncommitted.putAll(next);
    uncommitted.entrySet().removeIf(each -> each.getValue().equals(reached.get(each.getKey())));
    if (!uncommitted.isEmpty()
        && context.clock().millis() - lastCommitMs >= intervalMs
        && syncAll()) {
      reached.putAll(next);
    }
  }

  /** The mistake on trial: by the time the callback comes, later commits have succeeded. */
  private void commitUntilItSucceeds(Map<PartitionId, Long> offsets) {
    consumer.commitAsync(
        offsets,
        (same, error) -> {
          if (error instanceof RetriableException) {
            commitUntilItSucceeds(same);
          }
        });
  }

  /** Partitions are about to go: commit what was worked on, if the application does that. */
  void revoked(List<PartitionId> partitions) {
    Map<PartitionId, Long> leaving = new TreeMap<>(uncommitted);
    leaving.keySet().retainAll(partitions);
    if (onRevoke && !leaving.isEmpty()) {
      consumer.commitSync(leaving);
    }
    forget(partitions);
  }

  /** Partitions are gone: others may own them by now. */
  void forget(List<PartitionId> partitions) {
    uncommitted.keySet().removeAll(partitions);
    reached.keySet().removeAll(partitions);
  }

  /** The last commit before a close in order. */
  void beforeClose() {
    if (!beforeClose) {
      return;
    }
    Map<PartitionId, Long> left = strategy.byCallback() ? reached : uncommitted;
    if (!left.isEmpty() && consumer.commitSync(left) instanceof WakeupException) {
      consumer.commitSync(left); // the wakeup that ended the loop came late; it counts once
    }
    uncommitted.clear();
  }

  private boolean holdsPositions() {
    return switch (strategy) {
      case SYNC_BATCH, SYNC_RECORD, SYNC_INTERVAL, OFF_BY_ONE, ASYNC, ASYNC_RETRY -> true;
      case AUTO, AUTO_ASYNC, TRACKED, BEFORE_PROCESSING, NONE -> false;
    };
  }

  private void syncIfDue() {
    if (context.clock().millis() - lastCommitMs >= intervalMs) {
      sync();
    }
  }

  private void sync() {
    syncAll();
  }

  private boolean syncAll() {
    lastCommitMs = context.clock().millis();
    boolean committed = consumer.commitSync(uncommitted) == null;
    if (committed) {
      uncommitted.clear();
    }
    return committed;
  }
}
