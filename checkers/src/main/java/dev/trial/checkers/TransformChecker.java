package dev.trial.checkers;

import static dev.trial.core.verdict.AnomalyKind.DUPLICATE_PROCESSING;
import static dev.trial.core.verdict.AnomalyKind.LOST_PROCESSING;
import static dev.trial.core.verdict.AnomalyKind.OFFSET_OUTPUT_MISMATCH;

import dev.trial.checkers.evidence.CommittedFact;
import dev.trial.checkers.evidence.Deliveries;
import dev.trial.checkers.evidence.Evidence;
import dev.trial.checkers.evidence.GroupPartition;
import dev.trial.checkers.evidence.Losses;
import dev.trial.checkers.evidence.Part;
import dev.trial.checkers.evidence.ProcessFact;
import dev.trial.checkers.evidence.SendFact;
import dev.trial.core.history.Action.Start;
import dev.trial.core.history.PartitionId;
import dev.trial.core.verdict.AnomalyKind;
import dev.trial.core.verdict.Cause;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Consume, transform, produce: each input has exactly one output that can be read in the end, and
 * the outputs go as far as the committed offsets. Outputs are sent by processors; the key names the
 * input as topic/partition/offset.
 */
final class TransformChecker extends FamilyChecker {

  TransformChecker() {
    super("transforms", Part.FINAL_READ);
  }

  @Override
  void check(Evidence evidence, Losses losses, Report report) {
    boolean processors =
        evidence.processes().stream().anyMatch(each -> each.kind() == Start.Kind.PROCESSOR);
    if (processors) {
      Map<String, Integer> outputs = outputs(evidence, report);
      report.set("outputs", outputs.size());
      evidence.groupPartitions().forEach(each -> inputs(evidence, report, each, outputs));
    }
  }

  /** Row of the first output that the final reader got, by input. */
  private static Map<String, Integer> outputs(Evidence evidence, Report report) {
    Map<String, Integer> outputs = new TreeMap<>();
    Deliveries rows = evidence.deliveries();
    report.over("deliveries", rows.size());
    for (int row = 0; row < rows.size(); row++) {
      report.step();
      SendFact send = committedRead(evidence, row) ? evidence.sendOf(rows.value(row)) : null;
      boolean output =
          send != null && evidence.process(send.process()).kind() == Start.Kind.PROCESSOR;
      Integer first = output ? outputs.putIfAbsent(send.key(), row) : null;
      if (first != null) {
        twice(evidence, report, first, row);
      }
    }
    return outputs;
  }

  private static boolean committedRead(Evidence evidence, int row) {
    ProcessFact reader = evidence.process(evidence.deliveries().process(row));
    return reader.finalReader() && reader.readsCommitted();
  }

  private static void twice(Evidence evidence, Report report, int first, int again) {
    Deliveries rows = evidence.deliveries();
    SendFact one = evidence.sendOf(rows.value(first));
    SendFact other = evidence.sendOf(rows.value(again));
    report.add(
        DUPLICATE_PROCESSING,
        evidence.log(rows.partition(again)).id(),
        List.of(one.invoked(), other.invoked(), (long) rows.operation(again)),
        List.of(one.value(), other.value()),
        List.of(rows.offset(first), rows.offset(again)),
        one.transactionNumber() < 0 ? Cause.COMMIT_STRATEGY : Cause.UNEXPLAINED,
        "Input "
            + one.key()
            + " has two committed outputs, at "
            + Sentences.at(evidence.log(rows.partition(first)), rows.offset(first))
            + " and at "
            + Sentences.at(evidence.log(rows.partition(again)), rows.offset(again))
            + ".");
  }

  // ---- outputs and offsets agree

  private static void inputs(
      Evidence evidence, Report report, GroupPartition group, Map<String, Integer> outputs) {
    CommittedFact told = null;
    for (CommittedFact each : group.told()) {
      told = evidence.process(each.process()).readAll() ? each : told;
    }
    if (told == null) {
      return;
    }
    PartitionId partition = evidence.log(group.partition()).id();
    Deliveries rows = evidence.deliveries();
    report.over("deliveries", rows.size());
    for (int row = 0; row < rows.size(); row++) {
      report.step();
      if (rows.partition(row) != group.partition() || !committedRead(evidence, row)) {
        continue;
      }
      Integer output = outputs.get(partition + "/" + rows.offset(row));
      boolean behind = rows.offset(row) < told.offset();
      if (behind && output == null) {
        disagree(report, LOST_PROCESSING, partition, rows, row, told, "has no committed output");
      } else if (!behind && output != null && anyOutput(outputs, partition)) {
        report.cost(outputs.size());
        disagree(
            report, OFFSET_OUTPUT_MISMATCH, partition, rows, row, told, "has a committed output");
      }
    }
  }

  /** False for partitions that are no input at all. */
  private static boolean anyOutput(Map<String, Integer> outputs, PartitionId partition) {
    return outputs.keySet().stream().anyMatch(key -> key.startsWith(partition + "/"));
  }

  private static void disagree(
      Report report,
      AnomalyKind kind,
      PartitionId partition,
      Deliveries rows,
      int row,
      CommittedFact told,
      String what) {
    report.add(
        kind,
        partition,
        List.of((long) rows.operation(row), told.told()),
        List.of(rows.value(row)),
        List.of(rows.offset(row)),
        Cause.UNEXPLAINED,
        "Input "
            + partition
            + "@"
            + rows.offset(row)
            + " "
            + what
            + ", and the group's committed offset is "
            + told.offset()
            + ".");
  }
}
