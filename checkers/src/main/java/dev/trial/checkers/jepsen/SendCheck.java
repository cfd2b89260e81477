package dev.trial.checkers.jepsen;

import static dev.trial.checkers.jepsen.KafkaHistory.NONE;

import dev.trial.checkers.jepsen.KafkaHistory.Type;
import dev.trial.core.verdict.AnomalyKind;
import dev.trial.core.verdict.Budget;
import java.util.Arrays;
import java.util.List;

/**
 * What a process sends to a key lands in that order, inside an operation and from one to the next.
 * Others may land between: transactions do not isolate writes from each other.
 */
final class SendCheck implements Check {

  @Override
  public String id() {
    return "sends";
  }

  @Override
  public void run(Study study, Findings findings, Budget budget) {
    KafkaHistory history = study.history();
    Walk walk = new Walk(study, findings);
    for (int operation = 0; operation < history.size(); operation++) {
      Check.pace(budget, operation, history.size());
      if (history.completes(operation)) {
        walk.step(operation);
      }
    }
  }

  private static final class Walk {
    private final Study study;
    private final KafkaHistory history;
    private final VersionOrders orders;
    private final Findings findings;
    private final LastOfKey lastSent;
    private final int[] metBy;
    private final int[] lastInside;

    Walk(Study study, Findings findings) {
      this.study = study;
      this.history = study.history();
      this.orders = study.orders();
      this.findings = findings;
      this.lastSent = new LastOfKey(history);
      this.metBy = new int[history.keys.size()];
      this.lastInside = new int[history.keys.size()];
      Arrays.fill(metBy, NONE);
    }

    void step(int operation) {
      if (history.changesReading(operation)) {
        lastSent.keepNamed(operation);
        return;
      }
      boolean failed = history.type(operation) == Type.FAIL;
      for (int at = history.begin(operation); at < history.end(operation); at++) {
        if (history.kind(at) == KafkaHistory.SENT) {
          sent(operation, history.key(at), history.value(at), failed);
        }
      }
      if (!failed) {
        lastSent.remember(operation, KafkaHistory.SENT);
      }
    }

    private void sent(int operation, int key, int value, boolean failed) {
      if (metBy[key] == operation) {
        inside(operation, key, lastInside[key], value);
      } else {
        metBy[key] = operation;
        int before = failed ? NONE : lastSent.operation(operation, key);
        if (before != NONE) {
          int last = lastSent.value(operation, key);
          if (delta(last, value) < 1) {
            backwards(AnomalyKind.NONMONOTONIC_SEND, before, operation, key, last, value);
          }
        }
      }
      lastInside[key] = value;
    }

    private int delta(int from, int to) {
      int one = orders.indexOf(from);
      int other = orders.indexOf(to);
      return one == NONE || other == NONE ? 1 : other - one;
    }

    private void inside(int operation, int key, int from, int to) {
      int delta = delta(from, to);
      if (delta < 1) {
        backwards(AnomalyKind.INT_NONMONOTONIC_SEND, operation, operation, key, from, to);
      } else if (delta > 1) {
        findings.count("allowed.int-send-skip");
      }
    }

    private void backwards(AnomalyKind kind, int before, int operation, int key, int from, int to) {
      if (!findings.counts(kind)) {
        return;
      }
      String who =
          before == operation
              ? study.operation(operation)
              : study.operation(before) + " and " + study.operation(operation) + " of one process";
      findings.keep(
          kind,
          key,
          study.operations(before, operation),
          study.numbers(from, to),
          List.of(orders.offsetOf(from), orders.offsetOf(to)),
          Capital.of(who)
              + " sent "
              + study.value(from)
              + " before "
              + study.value(to)
              + " of "
              + study.key(key)
              + ", but the log has them the other way round.");
    }
  }
}
