package dev.trial.checkers.evidence;

import dev.trial.core.history.Action.Commit;
import dev.trial.core.history.Operation;
import dev.trial.core.history.PartitionId;
import dev.trial.core.history.Stage;
import it.unimi.dsi.fastutil.longs.Long2ObjectLinkedOpenHashMap;
import java.util.Map;
import java.util.function.ToIntFunction;

/** Pairs invocations and completions of commits, and spreads them over their partitions. */
final class CommitReader {

  private final Evidence evidence;
  private final ToIntFunction<PartitionId> numbers;

  /** In order of invocation. */
  private final Long2ObjectLinkedOpenHashMap<Operation> open = new Long2ObjectLinkedOpenHashMap<>();

  CommitReader(Evidence evidence, ToIntFunction<PartitionId> numbers) {
    this.evidence = evidence;
    this.numbers = numbers;
  }

  void commit(Operation operation, Commit commit) {
    if (operation.stage() == Stage.INVOKE) {
      open.put(operation.index(), operation);
      return;
    }
    Operation invoked = open.remove(operation.invocation());
    Commit asked = invoked == null ? commit : (Commit) invoked.action();
    // What was asked stands in the invocation; a completion may come without offsets.
    Map<PartitionId, Long> offsets =
        commit.offsets().isEmpty() ? asked.offsets() : commit.offsets();
    add(operation, commit, offsets, Evidence.begun(operation), operation.index());
  }

  /** Commits that were never completed may land at any time. */
  void finish() {
    for (Operation each : open.values()) {
      Commit commit = (Commit) each.action();
      add(each, commit, commit.offsets(), each.index(), Long.MAX_VALUE);
    }
  }

  private void add(
      Operation operation,
      Commit commit,
      Map<PartitionId, Long> offsets,
      long invoked,
      long completed) {
    Stage outcome = operation.stage() == Stage.INVOKE ? Stage.INFO : operation.stage();
    offsets.forEach(
        (partition, offset) ->
            evidence
                .groupPartition(commit.group(), numbers.applyAsInt(partition))
                .commits
                .add(
                    new CommitFact(
                        operation.process(), commit.mode(), offset, invoked, completed, outcome)));
  }
}
