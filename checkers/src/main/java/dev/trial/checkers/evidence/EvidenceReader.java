package dev.trial.checkers.evidence;

import dev.trial.core.history.Action;
import dev.trial.core.history.Action.Committed;
import dev.trial.core.history.Action.End;
import dev.trial.core.history.Action.Ends;
import dev.trial.core.history.Action.Leadership;
import dev.trial.core.history.Action.Nemesis;
import dev.trial.core.history.Action.Phase;
import dev.trial.core.history.Action.Poll;
import dev.trial.core.history.Action.Process;
import dev.trial.core.history.Action.Producing;
import dev.trial.core.history.Action.Rebalance;
import dev.trial.core.history.Action.ReplicaLog;
import dev.trial.core.history.Action.Seek;
import dev.trial.core.history.Action.Send;
import dev.trial.core.history.Action.Start;
import dev.trial.core.history.Action.Subscribe;
import dev.trial.core.history.Delivered;
import dev.trial.core.history.Operation;
import dev.trial.core.history.PartitionId;
import dev.trial.core.history.Stage;
import it.unimi.dsi.fastutil.ints.Int2LongOpenHashMap;
import it.unimi.dsi.fastutil.ints.IntOpenHashSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Reads a history once, from front to back, into its evidence. */
final class EvidenceReader {
  private static final long NONE = -1;

  private final Evidence evidence;
  private final Pace pace;
  private final SendTable sendByInvocation = new SendTable();
  private final Int2LongOpenHashMap lastOperation;
  private final TransactionReader transactions;
  private final Map<Nemesis, List<Integer>> openFaults = new java.util.HashMap<>();
  private final CommitReader commits;
  private final IntOpenHashSet calling = new IntOpenHashSet();
  private final List<Ownership> revoking = new ArrayList<>();
  private final PartitionNumbers numbers;
  private final PhaseTrack phases = new PhaseTrack();

  EvidenceReader(Evidence evidence, Pace pace) {
    this.evidence = evidence;
    this.pace = pace;
    this.numbers = new PartitionNumbers(evidence);
    this.commits = new CommitReader(evidence, numbers::of);
    this.lastOperation = evidence.lastOperations;
    lastOperation.defaultReturnValue(NONE);
    this.transactions = new TransactionReader(evidence.transactions);
  }

  Evidence read() {
    nameProcesses();
    pace.over("operations", evidence.history.size());
    for (Operation operation : evidence.history.operations()) {
      pace.step();
      read(operation);
      if (lastOperation.put(operation.process(), operation.index()) == NONE) {
        evidence.firstOperations.put(operation.process(), operation.index());
      }
    }
    commits.finish();
    transactions.finish();
    closeOwnerships();
    evidence.completeness = new CompletenessReader(evidence).read(phases);
    buildLogs();
    evidence.processes.freeze();
    return evidence;
  }

  /** Processes and their groups first: a poll says nothing of its group. */
  private void nameProcesses() {
    for (Operation each : evidence.history.operations()) {
      Action action = each.action();
      if (action instanceof Start start) {
        evidence.processes.put(
            new ProcessFact(
                each.process(), start.client(), start.kind(), start.settings(), each.index()));
      } else if (action instanceof Subscribe subscribe) {
        inGroup(each.process(), subscribe.group());
        evidence.subscriptions.add(subscribe);
      } else if (action instanceof Rebalance rebalance) {
        inGroup(each.process(), rebalance.group());
      } else if (action instanceof Action.Commit commit) {
        inGroup(each.process(), commit.group());
      } else if (action instanceof Committed committed) {
        inGroup(each.process(), committed.group());
      }
    }
  }

  private void inGroup(int process, String group) {
    ProcessFact fact = evidence.process(process);
    if (fact.group == null && fact.kind != Start.Kind.ADMIN) {
      fact.group = group;
    }
  }

  private void read(Operation operation) {
    Action action = operation.action();
    if (action instanceof Poll || action instanceof Action.Close) {
      call(operation);
    }
    if (action instanceof Send send) {
      send(operation, send);
    } else if (action instanceof Poll poll) {
      evidence.process(operation.process()).lastPoll = Evidence.begun(operation);
      if (operation.stage() == Stage.OK) {
        poll(operation, poll);
      }
    } else if (action instanceof Process process) {
      String group = evidence.process(operation.process()).group();
      evidence
          .groupPartition(group == null ? "" : group, numbers.of(process.partition()))
          .processed
          .add((int) operation.index());
    } else if (action instanceof Action.Commit commit) {
      commits.commit(operation, commit);
      transactions.offsets(operation, commit);
    } else if (action instanceof Committed committed) {
      committed(operation, committed);
    } else if (action instanceof Producing producing) {
      transactions.called(operation, producing);
    } else {
      readRare(operation, action);
    }
  }

  private void readRare(Operation operation, Action action) {
    if (action instanceof Rebalance rebalance) {
      evidence.moves.add(operation);
      rebalance(operation, rebalance);
    } else if (action instanceof Subscribe subscribe) {
      evidence.moves.add(operation);
      for (PartitionId partition : subscribe.partitions()) {
        own(operation, subscribe.group(), partition, -1, true);
      }
    } else if (action instanceof Seek seek) {
      evidence.moves.add(operation);
      String group = evidence.process(operation.process()).group();
      if (group != null) {
        evidence.groupPartition(group, numbers.of(seek.partition())).seeks.add(operation.index());
      }
    } else if (action instanceof Ends) {
      if (operation.stage() == Stage.OK || operation.invocation() == Operation.NO_INVOCATION) {
        evidence.ends.add(operation);
      }
    } else if (action instanceof Action.Stamps || action instanceof Action.Lookup) {
      evidence.timestamps.add(operation);
    } else if (action instanceof Action.Described) {
      evidence.descriptions.add(operation);
    } else if (action instanceof End end) {
      ProcessFact process = evidence.process(operation.process());
      process.ended = end.how();
      process.endIndex = operation.index();
      transactions.end(operation.process(), operation.index());
    } else if (action instanceof Phase phase) {
      evidence.phases.putIfAbsent(phase.phase(), operation.index());
      phases.enter(phase.phase());
    } else if (action instanceof Nemesis nemesis) {
      nemesis(operation, nemesis);
    } else if (action instanceof Leadership leadership) {
      evidence
          .log(numbers.of(leadership.partition()))
          .add(new Election(operation.index(), operation.timeNs(), leadership));
    } else if (action instanceof Action.Node) {
      evidence.nodes.add(operation);
    } else if (action instanceof ReplicaLog log) {
      evidence
          .log(numbers.of(log.partition()))
          .replicas
          .add(new LogView.ReplicaDump(operation.index(), log));
    } else if (action instanceof Action.Oracle) {
      evidence.oracles.add(operation);
    }
  }

  // ---- producers

  private void send(Operation operation, Send send) {
    if (operation.stage() == Stage.INVOKE) {
      int partition = send.partition() < 0 ? -1 : numbers.of(send.topic(), send.partition());
      SendFact fact =
          new SendFact(
              send.value(),
              send.key(),
              send.topic(),
              partition,
              operation.process(),
              operation.index(),
              operation.timeNs());
      fact.tombstone = send.tombstone();
      evidence.sends.add(fact);
      sendByInvocation.putIfAbsent(operation.index(), fact);
      transactions.sent(operation.process(), fact);
      link(fact);
      return;
    }
    SendFact fact = sendByInvocation.get(operation.invocation());
    if (fact != null) {
      complete(fact, operation, send);
    }
  }

  private void link(SendFact fact) {
    SendFact earlier = evidence.sendByValue.putIfAbsent(fact.value, fact);
    while (earlier != null) {
      if (earlier.again == null) {
        earlier.again = fact;
        return;
      }
      earlier = earlier.again;
    }
  }

  private void complete(SendFact fact, Operation operation, Send send) {
    fact.completions++;
    if (fact.completions > 1) {
      fact.extraCompletion = operation.index();
      return;
    }
    evidence.completedSends.add(fact);
    fact.completed = operation.index();
    fact.completedNs = operation.timeNs();
    fact.outcome = operation.stage();
    fact.offset = send.offset();
    fact.error = send.error();
    if (send.partition() >= 0) {
      fact.partition = numbers.of(send.topic(), send.partition());
    }
  }

  // ---- consumers

  private void poll(Operation operation, Poll poll) {
    ProcessFact process = evidence.process(operation.process());
    String group = process.finalReader() ? null : process.group();
    for (Delivered each : poll.records()) {
      int partition = numbers.of(each.partition());
      int row = evidence.deliveries.size();
      evidence.deliveries.add(
          operation.index(),
          process.id,
          partition,
          each.offset(),
          each.value(),
          each.key(),
          each.defect());
      if (group != null) {
        GroupPartition at = evidence.groupPartition(group, partition);
        at.deliveries.add(row);
        at.firstDeliveries.putIfAbsent(partition, each.value(), row);
      }
    }
  }

  private void committed(Operation operation, Committed committed) {
    boolean invoked = operation.invocation() != Operation.NO_INVOCATION;
    if (operation.stage() == Stage.INVOKE
        || operation.stage() == Stage.FAIL
        || committed.error() != null
        || (invoked && operation.stage() != Stage.OK)) {
      return;
    }
    // A bare fact was asked for some time after whatever its process did before.
    long asked =
        invoked
            ? operation.invocation()
            : lastOperation.getOrDefault(operation.process(), operation.index() - 1) + 1;
    committed
        .offsets()
        .forEach(
            (partition, offset) ->
                evidence
                    .groupPartition(committed.group(), numbers.of(partition))
                    .told
                    .add(new CommittedFact(operation.process(), asked, operation.index(), offset)));
  }

  private void rebalance(Operation operation, Rebalance rebalance) {
    for (PartitionId partition : rebalance.partitions()) {
      if (rebalance.change() == Rebalance.Change.ASSIGNED) {
        own(operation, rebalance.group(), partition, rebalance.generation(), false);
      } else {
        boolean asked = rebalance.change() == Rebalance.Change.REVOKED;
        release(operation, rebalance.group(), partition, asked);
      }
    }
  }

  private void own(
      Operation operation, String group, PartitionId partition, int generation, boolean manual) {
    if (group == null) {
      return;
    }
    release(operation, group, partition, false);
    evidence
        .groupPartition(group, numbers.of(partition))
        .owners
        .add(new Ownership(operation.process(), generation, operation.index(), manual));
  }

  private void release(
      Operation operation, String group, PartitionId partition, boolean duringCall) {
    for (Ownership each : evidence.groupPartition(group, numbers.of(partition)).owners) {
      if (each.process == operation.process() && each.released == Long.MAX_VALUE) {
        each.released = operation.index();
        if (duringCall && calling.contains(operation.process())) {
          revoking.add(each);
        } else {
          each.letGo = operation.index();
        }
      }
    }
  }

  /** A poll or a close that ends has told the coordinator what was revoked in it, not sooner. */
  private void call(Operation operation) {
    if (operation.stage() == Stage.INVOKE) {
      calling.add(operation.process());
      return;
    }
    calling.remove(operation.process());
    if (revoking.isEmpty()) {
      return;
    }
    for (Ownership each : revoking) {
      if (each.process == operation.process()) {
        each.letGo = operation.index();
      }
    }
    revoking.removeIf(each -> each.process == operation.process());
  }

  private void closeOwnerships() {
    for (GroupPartition each : evidence.groupPartitions()) {
      for (Ownership owner : each.owners) {
        long end = evidence.process(owner.process).endIndex;
        owner.released = Math.min(owner.released, end);
        owner.letGo = Math.min(owner.letGo, end);
      }
    }
  }

  // ---- the harness

  private void nemesis(Operation operation, Nemesis nemesis) {
    Nemesis key = new Nemesis(nemesis.fault(), List.of(), Nemesis.Edge.BEGIN, null);
    List<Integer> open = openFaults.computeIfAbsent(key, fault -> new ArrayList<>());
    if (nemesis.edge() == Nemesis.Edge.BEGIN) {
      open.add(evidence.faults.size());
      long last = evidence.history.at(evidence.history.size() - 1L).timeNs();
      evidence.faults.add(
          new FaultWindow(operation.index(), operation.timeNs(), last, nemesis, false));
    } else if (!open.isEmpty()) {
      int at = open.remove(0);
      FaultWindow begun = evidence.faults.get(at);
      evidence.faults.set(
          at,
          new FaultWindow(
              begun.index(),
              begun.beginNs(),
              operation.timeNs(),
              begun.fault(),
              nemesis.error() == null));
    }
  }

  // ---- logs

  private void buildLogs() {
    boolean[] readFinally = finalRead();
    for (Operation operation : evidence.ends) {
      if (evidence.process(operation.process()).readAll()) {
        Ends ends = (Ends) operation.action();
        ends.ends()
            .forEach(
                (partition, end) ->
                    evidence
                        .log(numbers.of(partition))
                        .told(ends.starts().getOrDefault(partition, 0L), end));
      }
    }
    for (int partition = 0; partition < evidence.logs.size(); partition++) {
      if (evidence.completeness.dumped(partition)) {
        evidence.log(partition).chooseLeaderDump();
      }
    }
    guessUnproven(readFinally);
    int records = evidence.logs.stream().mapToInt(LogView::records).sum();
    ValuePlaces places = new ValuePlaces(records);
    for (int partition = 0; partition < evidence.logs.size(); partition++) {
      evidence.log(partition).freeze(partition, places);
    }
  }

  private boolean[] finalRead() {
    boolean[] read = new boolean[evidence.logs.size()];
    Deliveries rows = evidence.deliveries;
    for (int row = 0; row < rows.size(); row++) {
      if (evidence.process(rows.process(row)).readAll()) {
        read[rows.partition(row)] = true;
        evidence
            .log(rows.partition(row))
            .readFinally(rows.offset(row), rows.value(row), rows.operation(row));
      }
    }
    return read;
  }

  /** Without a final read or a dump, the log is what anybody knew of it. */
  private void guessUnproven(boolean[] readFinally) {
    Deliveries rows = evidence.deliveries;
    for (int row = 0; row < rows.size(); row++) {
      int partition = rows.partition(row);
      if (!evidence.log(partition).proven() && !readFinally[partition]) {
        evidence.log(partition).guess(rows.offset(row), rows.value(row), rows.operation(row));
      }
    }
  }
}
