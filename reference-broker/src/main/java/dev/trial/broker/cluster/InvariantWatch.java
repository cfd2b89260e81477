package dev.trial.broker.cluster;

import dev.trial.broker.log.PartitionLog;
import dev.trial.broker.node.BrokerNode;
import dev.trial.broker.replication.CommittedPrefix;
import dev.trial.core.history.Action;
import dev.trial.core.history.Operation;
import dev.trial.core.history.PartitionId;
import dev.trial.core.history.Recorder;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What must hold of the replicas of running brokers: each one's own order of offsets, watermarks
 * within the in-sync set, and equal bytes wherever two of them say "committed".
 *
 * <p>After an unclean election or a power loss replicas may differ until they have truncated, so
 * bytes are not compared any more.
 *
 * <p>Looks after every {@link #EVERY}th event: the rules are about states that last, not moments.
 */
final class InvariantWatch {
  private static final int EVERY = 64;

  private final ClusterNodes nodes;
  private final MetadataObserver observer;
  private final Recorder recorder;
  private final Map<String, Pair> pairs = new TreeMap<>();
  private final Set<String> told = new TreeSet<>();
  private boolean bytesWereLost;
  private int events;

  InvariantWatch(ClusterNodes nodes, MetadataObserver observer, Recorder recorder) {
    this.nodes = nodes;
    this.observer = observer;
    this.recorder = recorder;
  }

  /** How far two logs were found equal; another process's log begins again. */
  private static final class Pair {
    private final PartitionLog one;
    private final PartitionLog other;
    private final CommittedPrefix prefix = new CommittedPrefix();

    Pair(PartitionLog one, PartitionLog other) {
      this.one = one;
      this.other = other;
    }
  }

  /** A broker lost power: what was committed may be gone, and offsets be used again. */
  void powerLost() {
    bytesWereLost = true;
  }

  void afterEvent() {
    events++;
    if (events % EVERY == 0) {
      check();
    }
  }

  private void check() {
    Map<PartitionId, Map.Entry<Integer, PartitionLog>> first = new TreeMap<>();
    for (Map.Entry<Integer, BrokerNode> entry : nodes.brokers().entrySet()) {
      BrokerNode node = entry.getValue();
      String broken = node.replicas().brokenInvariant();
      if (broken != null) {
        tell(broken);
      }
      for (PartitionId partition : node.replicas().hosted()) {
        PartitionLog log = node.replicas().log(partition);
        Map.Entry<Integer, PartitionLog> other =
            first.putIfAbsent(partition, Map.entry(entry.getKey(), log));
        if (other != null && !bytesWereLost && !observer.uncleanlyElected(partition)) {
          compare(partition, other, entry.getKey(), log);
        }
      }
    }
  }

  private void compare(
      PartitionId partition,
      Map.Entry<Integer, PartitionLog> reference,
      int broker,
      PartitionLog log) {
    String key = partition + "/" + reference.getKey() + "/" + broker;
    Pair pair = pairs.get(key);
    if (pair == null || pair.one != reference.getValue() || pair.other != log) {
      pair = new Pair(reference.getValue(), log);
      pairs.put(key, pair);
    }
    long difference = pair.prefix.firstDifference(pair.one, pair.other);
    if (difference >= 0) {
      tell(
          partition
              + ": brokers "
              + reference.getKey()
              + " and "
              + broker
              + " hold different committed records at offset "
              + difference);
    }
  }

  private void tell(String what) {
    if (told.add(what)) {
      recorder.fact(Operation.HARNESS, new Action.Oracle("invariant", "cluster", what));
    }
  }
}
