package dev.trial.engine.coverage;

import dev.trial.core.history.Action;
import dev.trial.core.history.Operation;
import dev.trial.core.history.PartitionId;
import dev.trial.core.history.Stage;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What clients and replicas are in the middle of, as a history goes on. */
final class UnderWay {
  private final Set<Long> sends = new HashSet<>();
  private final Set<Long> commits = new HashSet<>();
  private final Set<Long> endings = new HashSet<>();
  private final Set<Integer> transactions = new HashSet<>();
  private final Set<PartitionId> leaderless = new HashSet<>();
  private final Map<PartitionId, Integer> replicasInSync = new HashMap<>();
  private final Set<PartitionId> shrunk = new HashSet<>();
  private final Set<String> down = new HashSet<>();

  void see(Operation operation) {
    Action action = operation.action();
    if (action instanceof Action.Send) {
      track(sends, operation);
    } else if (action instanceof Action.Commit) {
      track(commits, operation);
    } else if (action instanceof Action.Producing call) {
      transaction(operation, call.call());
    } else if (action instanceof Action.Leadership change) {
      leadership(change);
    } else if (action instanceof Action.Node node) {
      node(node);
    } else if (action instanceof Action.End) {
      transactions.remove(operation.process());
    }
  }

  /** In words, sorted. */
  Set<String> now() {
    Set<String> now = new TreeSet<>();
    add(now, !sends.isEmpty(), "sends in flight");
    add(now, !commits.isEmpty(), "an offset commit");
    add(now, !transactions.isEmpty(), "an open transaction");
    add(now, !endings.isEmpty(), "the end of a transaction");
    add(now, !leaderless.isEmpty(), "no leader");
    add(now, !shrunk.isEmpty(), "a shrunken in-sync set");
    add(now, !down.isEmpty(), "another node down");
    return now.isEmpty() ? Set.of("nothing") : now;
  }

  private static void add(Set<String> all, boolean now, String words) {
    if (now) {
      all.add(words);
    }
  }

  private static void track(Set<Long> open, Operation operation) {
    if (operation.stage() == Stage.INVOKE) {
      open.add(operation.index());
    } else {
      open.remove(operation.invocation());
    }
  }

  private void transaction(Operation operation, Action.Producing.Call call) {
    boolean over = operation.stage() != Stage.INVOKE;
    switch (call) {
      case BEGIN_TRANSACTION -> {
        if (over) {
          transactions.add(operation.process());
        }
      }
      case COMMIT_TRANSACTION, ABORT_TRANSACTION -> {
        track(endings, operation);
        if (over) {
          transactions.remove(operation.process());
        }
      }
      case FLUSH, INIT_TRANSACTIONS -> {}
    }
  }

  private void leadership(Action.Leadership change) {
    PartitionId partition = change.partition();
    toggle(leaderless, partition, change.leader() < 0);
    List<Integer> inSync = change.inSyncReplicas();
    int most = replicasInSync.merge(partition, inSync.size(), Math::max);
    toggle(shrunk, partition, inSync.size() < most);
  }

  private void node(Action.Node node) {
    switch (node.change()) {
      case UP, RESUMED -> down.remove(node.node());
      case CRASHED, STOPPED, LOST_POWER, PAUSED -> down.add(node.node());
    }
  }

  private static <T> void toggle(Set<T> all, T one, boolean in) {
    if (in) {
      all.add(one);
    } else {
      all.remove(one);
    }
  }
}
