package dev.trial.checkers.jepsen;

import static dev.trial.checkers.jepsen.KafkaHistory.NONE;

import dev.trial.core.verdict.AnomalyKind;
import dev.trial.core.verdict.Budget;
import it.unimi.dsi.fastutil.ints.IntOpenHashSet;
import java.util.List;

/**
 * What readers may not see: values of transactions that failed (G1a), and one's own before they are
 * committed, which Kafka keeps from every consumer of committed data (KIP-98).
 */
final class TransactionCheck implements Check {

  @Override
  public String id() {
    return "transactions";
  }

  @Override
  public void run(Study study, Findings findings, Budget budget) {
    KafkaHistory history = study.history();
    boolean[] reported = new boolean[history.values.size()];
    IntOpenHashSet own = new IntOpenHashSet();
    for (int operation = 0; operation < history.size(); operation++) {
      Check.pace(budget, operation, history.size());
      if (history.completes(operation)) {
        collectSends(history, operation, own);
        reads(study, operation, own, reported, findings);
      }
    }
  }

  private static void collectSends(KafkaHistory history, int operation, IntOpenHashSet own) {
    own.clear();
    for (int at = history.begin(operation); at < history.end(operation); at++) {
      if (history.kind(at) == KafkaHistory.SENT) {
        own.add(history.value(at));
      }
    }
  }

  private static void reads(
      Study study, int operation, IntOpenHashSet own, boolean[] reported, Findings findings) {
    KafkaHistory history = study.history();
    boolean ok = history.ok(operation);
    for (int at = history.begin(operation); at < history.end(operation); at++) {
      if (history.kind(at) != KafkaHistory.READ) {
        continue;
      }
      int value = history.value(at);
      if (!own.isEmpty() && own.remove(value)) {
        precommitted(study, operation, at, findings);
      }
      if (ok && study.witnesses().failedWriter(value) != NONE && !reported[value]) {
        reported[value] = true;
        aborted(study, operation, at, findings);
      }
    }
  }

  private static void precommitted(Study study, int operation, int at, Findings findings) {
    KafkaHistory history = study.history();
    if (findings.counts(AnomalyKind.PRECOMMITTED_READ)) {
      findings.keep(
          AnomalyKind.PRECOMMITTED_READ,
          history.key(at),
          study.operations(operation),
          study.numbers(history.value(at)),
          List.of(history.offset(at)),
          Capital.of(study.operation(operation))
              + " was handed "
              + study.valueOfKey(history.value(at))
              + ", which it had sent itself and not yet committed.");
    }
  }

  private static void aborted(Study study, int operation, int at, Findings findings) {
    KafkaHistory history = study.history();
    int value = history.value(at);
    if (findings.counts(AnomalyKind.ABORTED_READ)) {
      int writer = study.witnesses().failedWriter(value);
      findings.keep(
          AnomalyKind.ABORTED_READ,
          history.key(at),
          study.operations(writer, operation),
          study.numbers(value),
          List.of(history.offset(at)),
          Capital.of(study.operation(operation))
              + " read "
              + study.valueOfKey(value)
              + " at offset "
              + history.offset(at)
              + ", but "
              + study.operation(writer)
              + ", which sent it, failed.");
    }
  }
}
