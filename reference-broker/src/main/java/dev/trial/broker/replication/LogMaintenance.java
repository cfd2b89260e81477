package dev.trial.broker.replication;

import dev.trial.broker.log.Cleanable;

/**
 * What a broker does to its logs by itself: retention at intervals, and the cleaner, which takes
 * the log with the largest dirty share first and rests when none is dirty enough (Kafka's
 * LogManager and LogCleaner). Each replica looks after its own log.
 */
final class LogMaintenance {
  private final ReplicaContext context;
  private final Partitions partitions;

  LogMaintenance(ReplicaContext context, Partitions partitions) {
    this.context = context;
    this.partitions = partitions;
  }

  void start() {
    long firstMs = context.settings.number("log.initial.task.delay.ms", 30_000);
    long everyMs = context.settings.number("log.retention.check.interval.ms", 300_000);
    context.host.timers().after(firstMs, () -> retain(everyMs));
    if (context.settings.flag("log.cleaner.enable", true)) {
      long backoffMs = context.settings.number("log.cleaner.backoff.ms", 15_000);
      context.host.timers().after(backoffMs, () -> clean(backoffMs));
    }
  }

  private void retain(long everyMs) {
    for (LocalPartition partition : partitions.all()) {
      int deleted = partition.log.deleteOld(context.nowMs());
      if (deleted > 0) {
        context.host.log(
            partition.id
                + ": "
                + deleted
                + " segments deleted, starts at "
                + partition.log.startOffset());
        partition.waiters().wake();
      }
    }
    context.host.timers().after(everyMs, () -> retain(everyMs));
  }

  private void clean(long backoffMs) {
    LocalPartition filthiest = filthiest();
    if (filthiest != null) {
      filthiest.log.clean(context.nowMs());
      context.host.log(filthiest.id + ": cleaned below " + filthiest.log.cleanedBelow());
    }
    context.host.timers().after(filthiest == null ? backoffMs : 0, () -> clean(backoffMs));
  }

  private LocalPartition filthiest() {
    LocalPartition found = null;
    double most = -1;
    for (LocalPartition partition : partitions.all()) {
      if (partition.log.settings().cleanup().compact()) {
        Cleanable cleanable = partition.log.cleanable(context.nowMs());
        if (cleanable.due(partition.log.settings().cleanup()) && cleanable.ratio() > most) {
          found = partition;
          most = cleanable.ratio();
        }
      }
    }
    return found;
  }
}
