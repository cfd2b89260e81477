package dev.trial.broker.cluster;

import dev.trial.broker.log.PartitionLog;
import dev.trial.broker.node.BrokerNode;
import dev.trial.broker.replication.CommittedPrefix;
import dev.trial.core.history.Action;
import dev.trial.core.history.Operation;
import dev.trial.core.history.PartitionId;
import dev.trial.core.history.Recorder;
import dev.trial.core.world.DiskException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What must hold of the replicas of running brokers after every event: each one's own order of
 * offsets, watermarks within the in-sync set, and equal bytes wherever two of them say "committed".
 *
 * <p>After an unclean election or a power loss replicas may differ until they have truncated, so
 * bytes are not compared any more. Nor are those of a log that some replica has cleaned: each
 * cleans at its own time, and a follower copies what its leader has left.
 *
 * <p>An event changes the replicas of one broker only: those are looked at, and bytes are compared
 * from where they were found equal before.
 */
final class InvariantWatch {
  private static final List<WatchedReplica> NONE = List.of();

  private final ClusterNodes nodes;
  private final MetadataObserver observer;
  private final Recorder recorder;
  private final Map<String, BrokerWatch> watches = new TreeMap<>();
  private final Set<String> told = new TreeSet<>();
  private final Set<PartitionId> cleaned = new TreeSet<>();
  private boolean bytesWereLost;

  InvariantWatch(ClusterNodes nodes, MetadataObserver observer, Recorder recorder) {
    this.nodes = nodes;
    this.observer = observer;
    this.recorder = recorder;
  }

  /**
   * A broker lost power, or bytes of its disk: what was committed may be gone there, and offsets be
   * used again.
   */
  void powerLost() {
    bytesWereLost = true;
  }

  /** Something happened on that machine. */
  void afterEvent(String machine) {
    BrokerWatch watch = watches.get(machine);
    if (watch == null || !watch.current(nodes)) {
      watch = look(machine);
      if (watch == null) {
        return;
      }
    }
    String broken = watch.node.replicas().brokenInvariant();
    if (broken != null) {
      tell(broken);
    }
    try {
      if (!bytesWereLost) {
        compare(watch);
      }
    } catch (DiskException unreadable) {
      // a disk that fails now: its broker ends at the next event, and is compared when it is back
    }
  }

  /** Looks at the machine as it is now; null if no broker runs there. */
  private BrokerWatch look(String machine) {
    BrokerNode node = nodes.broker(machine);
    if (node == null) {
      watches.remove(machine);
      return null;
    }
    BrokerWatch watch = new BrokerWatch(nodes.brokerId(machine), node);
    watches.put(machine, watch);
    return watch;
  }

  private void compare(BrokerWatch watch) {
    List<WatchedReplica> replicas = watch.replicas();
    for (int i = 0; i < replicas.size(); i++) {
      WatchedReplica replica = replicas.get(i);
      if (replica.watermarkMoved()
          && !observer.uncleanlyElected(replica.partition())
          && !cleaned(replica.partition())) {
        compare(watch, replica);
      }
    }
  }

  private boolean cleaned(PartitionId partition) {
    if (cleaned.contains(partition)) {
      return true;
    }
    for (BrokerNode node : nodes.brokers().values()) {
      PartitionLog log = node.replicas().log(partition);
      if (log != null && log.cleanedBelow() > 0) {
        cleaned.add(partition);
        return true;
      }
    }
    return false;
  }

  private void compare(BrokerWatch watch, WatchedReplica replica) {
    PartitionId partition = replica.partition();
    for (Map.Entry<Integer, BrokerNode> other : nodes.brokers().entrySet()) {
      PartitionLog log = other.getValue().replicas().log(partition);
      if (other.getKey() == watch.broker || log == null || !replica.log().replicaOf(log)) {
        continue; // none, or still that of a deleted topic of this name
      }
      if (!replica.knows(other.getKey(), log)) {
        replica.meet(other.getKey(), log, prefix(other.getKey(), log, watch.broker, replica));
      }
      long difference = replica.firstDifference(other.getKey(), log);
      if (difference >= 0) {
        tellDifference(partition, watch.broker, other.getKey(), difference);
      }
    }
  }

  /** What the other side of a pair has found equal is not looked at again from this one. */
  private CommittedPrefix prefix(int other, PartitionLog log, int self, WatchedReplica replica) {
    for (BrokerWatch watch : watches.values()) {
      for (WatchedReplica counterpart : watch.broker == other ? watch.replicas() : NONE) {
        CommittedPrefix known =
            counterpart.log() == log ? counterpart.prefix(self, replica.log()) : null;
        if (known != null) {
          return known;
        }
      }
    }
    return new CommittedPrefix();
  }

  private void tellDifference(PartitionId partition, int broker, int other, long offset) {
    tell(
        partition
            + ": brokers "
            + Math.min(broker, other)
            + " and "
            + Math.max(broker, other)
            + " hold different committed records at offset "
            + offset);
  }

  private void tell(String what) {
    if (told.add(what)) {
      recorder.fact(Operation.HARNESS, new Action.Oracle("invariant", "cluster", what));
    }
  }
}
