package dev.trial.checkers;

import dev.trial.core.history.Action;
import dev.trial.core.history.Action.Commit;
import dev.trial.core.history.Action.Leadership.Election;
import dev.trial.core.history.Action.Rebalance.Change;
import dev.trial.core.history.Action.Start.Kind;
import dev.trial.core.history.Delivered;
import dev.trial.core.history.EpochStart;
import dev.trial.core.history.History;
import dev.trial.core.history.Logged;
import dev.trial.core.history.Operation;
import dev.trial.core.history.PartitionId;
import dev.trial.core.history.Stage;
import dev.trial.core.verdict.Anomaly;
import dev.trial.core.verdict.AnomalyKind;
import dev.trial.core.verdict.Rules;
import dev.trial.core.verdict.Vacuity;
import dev.trial.core.verdict.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Writes a history by hand: one topic partition, a few processes. */
final class Story {

  static final PartitionId P0 = new PartitionId("orders", 0);
  static final String GROUP = "g";
  static final int PRODUCER = 1;
  static final int READER = 99;

  final List<Operation> operations = new ArrayList<>();
  private long sleptMs;
  private int nextPhase;
  private long phaseIndex;

  static Rules rules(int acks) {
    return new Rules(
        acks,
        acks == -1 ? 2 : 1,
        Set.of(GROUP),
        Map.of(GROUP, "earliest"),
        Set.of(),
        Vacuity.NEVER);
  }

  long add(int process, Stage stage, long invocation, Action action) {
    long index = operations.size();
    long timeNs = (index + sleptMs) * 1_000_000;
    operations.add(new Operation(index, timeNs, process, stage, invocation, action));
    return index;
  }

  void beginAnew() {
    operations.clear();
    nextPhase = 0;
  }

  /** Nothing happens for a while. */
  Story sleep(long ms) {
    sleptMs += ms;
    return this;
  }

  long fact(int process, Action action) {
    return add(process, Stage.INFO, Operation.NO_INVOCATION, action);
  }

  Story start(int process, Kind kind) {
    Map<String, String> settings = kind == Kind.CONSUMER ? Map.of("group.id", GROUP) : Map.of();
    fact(process, new Action.Start("client-" + process, 0, kind, settings));
    return this;
  }

  long invoke(long value) {
    return invoke(PRODUCER, value);
  }

  long invoke(int process, long value) {
    return add(process, Stage.INVOKE, -1, send(value, -1, null));
  }

  long complete(long invocation, Stage stage, long offset) {
    Operation invoked = operations.get((int) invocation);
    long value = ((Action.Send) invoked.action()).value();
    String error = stage == Stage.OK ? null : "TimeoutException";
    return add(invoked.process(), stage, invocation, send(value, offset, error));
  }

  /** Sends and has it acknowledged; returns the completion's index. */
  long send(long value, long offset) {
    return complete(invoke(value), Stage.OK, offset);
  }

  private static Action.Send send(long value, long offset, String error) {
    return new Action.Send(value, key(value), P0.topic(), P0.partition(), offset, error);
  }

  static String key(long value) {
    return "k" + value % 3;
  }

  /** One poll that returns the records at alternating offsets and values. */
  long poll(int process, long... offsetsAndValues) {
    List<Delivered> records = new ArrayList<>();
    for (int i = 0; i < offsetsAndValues.length; i += 2) {
      long value = offsetsAndValues[i + 1];
      records.add(new Delivered(P0, offsetsAndValues[i], value, key(value), null));
    }
    return poll(process, records);
  }

  long poll(int process, List<Delivered> records) {
    long invoked = add(process, Stage.INVOKE, -1, new Action.Poll(List.of(), null));
    return add(process, Stage.OK, invoked, new Action.Poll(records, null));
  }

  long process(int process, long offset, long value) {
    return fact(process, new Action.Process(P0, offset, value, key(value)));
  }

  long commit(int process, long offset) {
    return commit(process, offset, Stage.OK);
  }

  long commit(int process, long offset, Stage stage) {
    Commit commit = new Commit(GROUP, Commit.Mode.SYNC, Map.of(P0, offset), null);
    long invoked = add(process, Stage.INVOKE, -1, commit);
    return add(process, stage, invoked, commit);
  }

  /** As the client's own interceptor tells it, at some later poll. */
  long autoCommit(int process, long offset) {
    Commit commit = new Commit(GROUP, Commit.Mode.AUTO, Map.of(P0, offset), null);
    return add(process, Stage.OK, Operation.NO_INVOCATION, commit);
  }

  long committed(int process, long offset) {
    return fact(process, new Action.Committed(GROUP, Map.of(P0, offset), null));
  }

  long assigned(int process, int generation) {
    return rebalance(process, Change.ASSIGNED, generation);
  }

  long rebalance(int process, Change change, int generation) {
    return fact(
        process, new Action.Rebalance(GROUP, change, List.of(P0), generation, "member-" + process));
  }

  long elect(int leader, int epoch, Election how, Integer... isr) {
    return fact(-1, new Action.Leadership(P0, leader, epoch, List.of(isr), how));
  }

  long node(int broker, Action.Node.Change change) {
    return fact(-1, new Action.Node("broker-" + broker, change));
  }

  /** The run enters a phase, unless it is in it, and before that those that lie between. */
  long phase(Action.Phase.Name name) {
    if (nextPhase == name.ordinal() + 1) {
      return phaseIndex;
    }
    for (; nextPhase < name.ordinal(); nextPhase++) {
      fact(-1, new Action.Phase(Action.Phase.Name.values()[nextPhase]));
    }
    nextPhase = name.ordinal() + 1;
    phaseIndex = fact(-1, new Action.Phase(name));
    return phaseIndex;
  }

  long end(int process, Action.End.How how) {
    return fact(process, new Action.End(how, null));
  }

  long ends(int process, long end) {
    long invoked = add(process, Stage.INVOKE, -1, new Action.Ends(Map.of(), Map.of(), null));
    return add(process, Stage.OK, invoked, new Action.Ends(Map.of(P0, 0L), Map.of(P0, end), null));
  }

  /** The final read of the whole log. */
  Story finalRead(TreeMap<Long, Long> log, long end) {
    phase(Action.Phase.Name.FINAL_READ);
    start(READER, Kind.READER);
    ends(READER, end);
    List<Delivered> records = new ArrayList<>();
    log.forEach((offset, value) -> records.add(new Delivered(P0, offset, value, key(value), null)));
    poll(READER, records);
    end(READER, Action.End.How.CLOSED);
    return this;
  }

  /** The dump of one in-sync replica; each epoch starts where the argument says. */
  Story dump(int broker, TreeMap<Long, Long> log, long end, List<EpochStart> epochs) {
    List<Logged> records = new ArrayList<>();
    log.forEach(
        (offset, value) -> {
          int epoch = 0;
          for (EpochStart each : epochs) {
            epoch = offset >= each.startOffset() ? each.leaderEpoch() : epoch;
          }
          records.add(new Logged(offset, epoch, value, false));
        });
    fact(-1, new Action.ReplicaLog(P0, broker, true, 0, end, end, epochs, records));
    return this;
  }

  /** As it was told, with an ordinary end. */
  History history() {
    return new History(OrdinaryEnd.of(operations));
  }

  Verdict judge(int acks) {
    return Judge.judge(history(), rules(acks));
  }

  static List<Anomaly> of(Verdict verdict, AnomalyKind kind) {
    return verdict.anomalies().stream().filter(each -> each.kind() == kind).toList();
  }
}
