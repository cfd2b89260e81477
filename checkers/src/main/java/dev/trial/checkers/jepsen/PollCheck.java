package dev.trial.checkers.jepsen;

import static dev.trial.checkers.jepsen.KafkaHistory.NONE;

import dev.trial.core.verdict.AnomalyKind;
import dev.trial.core.verdict.Budget;
import java.util.Arrays;
import java.util.List;

/**
 * Polls move forward through the version order, index by index: inside an operation over keys that
 * were not rebalanced meanwhile, and from one successful operation of a process to its next, until
 * an assign or a subscribe drops the key or seeks. An operation that failed leaves the position
 * where it was.
 */
final class PollCheck implements Check {

  @Override
  public String id() {
    return "polls";
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
    private final LastOfKey lastRead;

    // By key: the last operation that met it, and what it read last.
    private final int[] metBy;
    private final int[] lastInside;
    private final int[] rebalancedIn;

    Walk(Study study, Findings findings) {
      this.study = study;
      this.history = study.history();
      this.orders = study.orders();
      this.findings = findings;
      this.lastRead = new LastOfKey(history);
      this.metBy = new int[history.keys.size()];
      this.lastInside = new int[history.keys.size()];
      this.rebalancedIn = new int[history.keys.size()];
      Arrays.fill(metBy, NONE);
      Arrays.fill(rebalancedIn, NONE);
    }

    void step(int operation) {
      if (history.changesReading(operation)) {
        lastRead.keepNamed(operation);
        return;
      }
      for (int at = history.begin(operation); at < history.end(operation); at++) {
        if (history.kind(at) == KafkaHistory.REBALANCED) {
          rebalancedIn[history.key(at)] = operation;
        }
      }
      for (int at = history.begin(operation); at < history.end(operation); at++) {
        if (history.kind(at) == KafkaHistory.READ) {
          read(operation, history.key(at), history.value(at));
        }
      }
      if (history.ok(operation)) {
        lastRead.remember(operation, KafkaHistory.READ);
      }
    }

    private void read(int operation, int key, int value) {
      if (metBy[key] != operation) {
        metBy[key] = operation;
        int before = lastRead.operation(operation, key);
        if (before != NONE) {
          between(before, operation, key, lastRead.value(operation, key), value);
        }
      } else if (rebalancedIn[key] != operation) {
        inside(operation, key, lastInside[key], value);
      }
      lastInside[key] = value;
    }

    /** How many indexes on; 1 where nobody knows. */
    private int delta(int from, int to) {
      int one = orders.indexOf(from);
      int other = orders.indexOf(to);
      return one == NONE || other == NONE ? 1 : other - one;
    }

    private void between(int before, int operation, int key, int from, int to) {
      int delta = delta(from, to);
      if (delta > 1) {
        skip(AnomalyKind.POLL_SKIP, before, operation, key, from, to);
      } else if (delta < 1) {
        backwards(AnomalyKind.NONMONOTONIC_POLL, before, operation, key, from, to);
      }
    }

    private void inside(int operation, int key, int from, int to) {
      int delta = delta(from, to);
      if (delta > 1) {
        skip(AnomalyKind.INT_POLL_SKIP, operation, operation, key, from, to);
      } else if (delta < 1) {
        backwards(AnomalyKind.INT_NONMONOTONIC_POLL, operation, operation, key, from, to);
      }
    }

    private void skip(AnomalyKind kind, int before, int operation, int key, int from, int to) {
      if (!findings.counts(kind)) {
        return;
      }
      int missed = orders.value(orders.rowOfIndex(key, orders.indexOf(from) + 1));
      int shown = study.witnesses().reader(missed);
      int proof = shown == NONE ? study.witnesses().writer(missed) : shown;
      findings.keep(
          kind,
          key,
          study.operations(before, operation, proof),
          study.numbers(from, missed, to),
          List.of(orders.offsetOf(from), orders.offsetOf(missed), orders.offsetOf(to)),
          story(before, operation, key, from, to)
              + ", jumping over "
              + study.value(missed)
              + ", which "
              + study.operation(proof)
              + " proves to be there.");
    }

    private void backwards(AnomalyKind kind, int before, int operation, int key, int from, int to) {
      if (findings.counts(kind)) {
        findings.keep(
            kind,
            key,
            study.operations(before, operation),
            study.numbers(from, to),
            List.of(orders.offsetOf(from), orders.offsetOf(to)),
            story(before, operation, key, from, to)
                + (from == to ? ", the same again." : ", which lies before it."));
      }
    }

    private String story(int before, int operation, int key, int from, int to) {
      String then =
          before == operation ? "then" : "the same process's " + study.operation(operation);
      return Capital.of(study.operation(before))
          + " read "
          + study.value(from)
          + " of "
          + study.key(key)
          + ", and "
          + then
          + " "
          + study.value(to);
    }
  }
}
