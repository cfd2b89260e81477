package dev.trial.checkers;

import dev.trial.core.history.Action;
import dev.trial.core.history.Action.End.How;
import dev.trial.core.history.Action.Leadership;
import dev.trial.core.history.Action.Phase;
import dev.trial.core.history.Action.ReplicaLog;
import dev.trial.core.history.Action.Start.Kind;
import dev.trial.core.history.Delivered;
import dev.trial.core.history.EpochStart;
import dev.trial.core.history.Logged;
import dev.trial.core.history.Operation;
import dev.trial.core.history.PartitionId;
import dev.trial.core.history.Stage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a story leaves out because its reader can think it: every process ends, other replicas have
 * what the first one has, and the run goes through its last phases.
 */
final class OrdinaryEnd {
  private final List<Operation> operations;

  private OrdinaryEnd(List<Operation> told) {
    operations = new ArrayList<>(told);
  }

  static List<Operation> of(List<Operation> told) {
    OrdinaryEnd end = new OrdinaryEnd(told);
    end.finallyRead();
    end.replicas();
    end.processes();
    end.phases();
    return end.operations;
  }

  private void fact(int process, Action action) {
    long index = operations.size();
    long timeNs = index == 0 ? 0 : operations.get((int) index - 1).timeNs();
    operations.add(
        new Operation(index, timeNs, process, Stage.INFO, Operation.NO_INVOCATION, action));
  }

  /** A replica has what the final reader read, where the story shows none. */
  private void finallyRead() {
    Set<PartitionId> dumped = new TreeSet<>();
    Set<Integer> readers = new TreeSet<>();
    Map<PartitionId, Long> ends = new TreeMap<>();
    Map<PartitionId, TreeMap<Long, Logged>> read = new TreeMap<>();
    for (Operation each : operations) {
      if (each.action() instanceof ReplicaLog log) {
        dumped.add(log.partition());
      } else if (each.action() instanceof Action.Start start && start.kind() == Kind.READER) {
        readers.add(each.process());
      } else if (each.action() instanceof Action.Ends told && readers.contains(each.process())) {
        ends.putAll(told.ends());
      } else if (each.action() instanceof Action.Poll poll && readers.contains(each.process())) {
        for (Delivered record : poll.records()) {
          read.computeIfAbsent(record.partition(), none -> new TreeMap<>())
              .put(record.offset(), new Logged(record.offset(), 0, record.value(), false));
        }
      }
    }
    ends.keySet().removeAll(dumped);
    ends.forEach((partition, end) -> dump(partition, end, read.get(partition)));
  }

  private void dump(PartitionId partition, long end, Map<Long, Logged> read) {
    int leader = 1;
    for (Operation each : operations) {
      boolean here =
          each.action() instanceof Leadership led
              && led.partition().equals(partition)
              && led.leader() >= 0;
      leader = here ? ((Leadership) each.action()).leader() : leader;
    }
    List<Logged> records = read == null ? List.of() : List.copyOf(read.values());
    List<EpochStart> epochs = List.of(new EpochStart(0, 0));
    fact(Operation.HARNESS, new ReplicaLog(partition, leader, true, 0, end, end, epochs, records));
  }

  private void replicas() {
    Map<PartitionId, Leadership> first = new TreeMap<>();
    Map<PartitionId, Leadership> last = new TreeMap<>();
    Map<PartitionId, List<ReplicaLog>> dumps = new TreeMap<>();
    for (Operation each : operations) {
      if (each.action() instanceof Leadership leadership) {
        first.putIfAbsent(leadership.partition(), leadership);
        last.put(leadership.partition(), leadership);
      } else if (each.action() instanceof ReplicaLog log) {
        dumps.computeIfAbsent(log.partition(), none -> new ArrayList<>()).add(log);
      }
    }
    dumps.forEach(
        (partition, logs) -> {
          Set<Integer> missing = new TreeSet<>();
          if (first.containsKey(partition)) {
            missing.addAll(first.get(partition).inSyncReplicas());
            missing.addAll(last.get(partition).inSyncReplicas());
          }
          logs.forEach(log -> missing.remove(log.broker()));
          for (int broker : missing) {
            boolean inSync = last.get(partition).inSyncReplicas().contains(broker);
            fact(Operation.HARNESS, copy(logs.get(0), broker, inSync));
          }
        });
  }

  private static ReplicaLog copy(ReplicaLog log, int broker, boolean inSync) {
    return new ReplicaLog(
        log.partition(),
        broker,
        inSync,
        log.logStart(),
        log.highWatermark(),
        log.logEnd(),
        log.epochs(),
        log.records());
  }

  /** Whoever waits for an answer to a send died; others closed. */
  private void processes() {
    Map<Integer, Integer> living = new TreeMap<>();
    Map<Long, Integer> unanswered = new HashMap<>();
    for (Operation each : List.copyOf(operations)) {
      if (each.process() != Operation.HARNESS) {
        living.putIfAbsent(each.process(), each.process());
      }
      if (each.action() instanceof Action.Send) {
        unanswered.remove(each.invocation());
        if (each.stage() == Stage.INVOKE) {
          unanswered.put(each.index(), each.process());
        }
      }
      if (each.action() instanceof Action.End) {
        living.put(each.process(), null);
      }
    }
    living.values().removeIf(process -> process == null);
    for (int process : living.keySet()) {
      How how = unanswered.containsValue(process) ? How.CRASHED : How.CLOSED;
      fact(process, new Action.End(how, null));
    }
  }

  private void phases() {
    int next = 0;
    for (Operation each : operations) {
      if (each.action() instanceof Phase phase) {
        next = phase.phase().ordinal() + 1;
      }
    }
    for (; next < Phase.Name.values().length; next++) {
      fact(Operation.HARNESS, new Phase(Phase.Name.values()[next]));
    }
  }
}
