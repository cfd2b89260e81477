package dev.trial.checkers;

import static dev.trial.core.verdict.AnomalyKind.KEY_REORDER;

import dev.trial.checkers.evidence.Evidence;
import dev.trial.checkers.evidence.GroupPartition;
import dev.trial.checkers.evidence.LogView;
import dev.trial.checkers.evidence.Losses;
import dev.trial.checkers.evidence.SendFact;
import dev.trial.core.history.Action.Process;
import dev.trial.core.verdict.Cause;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A key's records are processed by a group in the order in which one producer sent them, also when
 * the partitioner has put them into different partitions. Within one partition order is the
 * business of other checkers. Work done again after a restart counts where it was first done.
 */
final class KeyOrderChecker extends FamilyChecker {

  KeyOrderChecker() {
    super("key-order");
  }

  @Override
  void check(Evidence evidence, Losses losses, Report report) {
    if (!anyPartitioned(evidence)) {
      return;
    }
    for (String group : evidence.groups()) {
      Map<KeyOfProducer, Done> latest = new HashMap<>(); // looked up, never iterated
      for (Done done : firstDone(evidence, report, group)) {
        walk(evidence, report, group, latest, done);
      }
    }
  }

  /** Where the application names every partition itself, no partitioner is to blame. */
  private static boolean anyPartitioned(Evidence evidence) {
    for (SendFact send : evidence.sends()) {
      if (send.key() != null && !send.partitionGiven()) {
        return true;
      }
    }
    return false;
  }

  private record KeyOfProducer(int process, String topic, String key) {}

  private record Done(SendFact send, long operation, LogView log, long offset) {}

  /** Each value where the group first processed it, in the order of the history. */
  private static List<Done> firstDone(Evidence evidence, Report report, String group) {
    Map<Long, Done> byValue = new HashMap<>(); // sorted below
    for (GroupPartition at : evidence.group(group)) {
      LogView log = evidence.log(at.partition());
      report.over("records processed of " + log.id(), at.processed().size());
      for (int row = 0; row < at.processed().size(); row++) {
        report.step();
        long index = at.processed().getInt(row);
        Process fact = (Process) evidence.history().at(index).action();
        SendFact send = evidence.sendOf(fact.value());
        if (send != null && send.key() != null && !send.partitionGiven()) {
          Done done = new Done(send, index, log, fact.offset());
          byValue.merge(
              fact.value(), done, (one, other) -> one.operation < other.operation ? one : other);
        }
      }
    }
    List<Done> inOrder = new ArrayList<>(byValue.values());
    inOrder.sort(Comparator.comparingLong(Done::operation));
    return inOrder;
  }

  private static void walk(
      Evidence evidence, Report report, String group, Map<KeyOfProducer, Done> latest, Done done) {
    SendFact send = done.send;
    KeyOfProducer key = new KeyOfProducer(send.process(), send.topic(), send.key());
    Done before = latest.get(key);
    if (before == null || send.invoked() > before.send.invoked()) {
      latest.put(key, done);
      return;
    }
    if (before.log == done.log) {
      return;
    }
    report.count("key-reorders." + group);
    report.add(
        KEY_REORDER,
        done.log.id(),
        List.of(send.invoked(), before.send.invoked(), before.operation, done.operation),
        List.of(send.value(), before.send.value()),
        List.of(done.offset, before.offset),
        Cause.UNEXPLAINED,
        Sentences.capital(Sentences.value(send.value(), send.key()))
            + " was sent before "
            + Sentences.value(before.send.value(), before.send.key())
            + " by "
            + evidence.process(send.process()).client()
            + ", but group "
            + group
            + " processed it after that one: from "
            + Sentences.at(done.log, done.offset)
            + " and "
            + Sentences.at(before.log, before.offset)
            + ".");
  }
}
