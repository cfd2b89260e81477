package dev.trial.checkers.jepsen;

import static dev.trial.checkers.jepsen.KafkaHistory.NONE;

import dev.trial.checkers.jepsen.KafkaHistory.Function;
import dev.trial.core.verdict.AnomalyKind;
import dev.trial.core.verdict.Budget;
import java.util.Arrays;
import java.util.List;

/** What the logs have to hold, and hold once: lost, unseen, duplicated, conflicting, unheard-of. */
final class LogCheck implements Check {

  @Override
  public String id() {
    return "log";
  }

  @Override
  public void run(Study study, Findings findings, Budget budget) {
    new Look(study, findings, budget).run();
  }

  private static final class Look {
    private final Study study;
    private final KafkaHistory history;
    private final Witnesses witnesses;
    private final VersionOrders orders;
    private final Findings findings;
    private final Budget budget;

    /** By value: true once it is reported as lost. */
    private final boolean[] lost;

    private final long[] provenEnd;
    private final int[] endTold;

    Look(Study study, Findings findings, Budget budget) {
      this.study = study;
      this.history = study.history();
      this.witnesses = study.witnesses();
      this.orders = study.orders();
      this.findings = findings;
      this.budget = budget;
      lost = new boolean[history.values.size()];
      provenEnd = new long[history.keys.size()];
      endTold = new int[history.keys.size()];
      Arrays.fill(endTold, NONE);
    }

    void run() {
      for (int key = 0; key < history.keys.size(); key++) {
        lostWrites(key);
      }
      Sightings shown = sightings();
      for (int key = 0; shown != null && key < history.keys.size(); key++) {
        rows(key, shown);
      }
      findEnds();
      for (int value = 0; value < history.values.size(); value++) {
        Check.pace(budget, value, history.values.size());
        value(value);
      }
    }

    // ---- lost: below an index that was read

    private void lostWrites(int key) {
      int bound = NONE;
      int boundValue = NONE;
      for (int row = orders.start(key); row < orders.end(key); row++) {
        int value = orders.value(row);
        if (witnesses.okReader(value) != NONE && orders.firstIndex(value) > bound) {
          bound = orders.firstIndex(value);
          boundValue = value;
        }
      }
      for (int row = orders.start(key); row < orders.end(key); row++) {
        Check.pace(budget, row, orders.rows());
        int value = orders.value(row);
        boolean surely = orders.index(row) == orders.lastIndex(value);
        if (surely && orders.index(row) <= bound && isLost(value)) {
          lost(value, boundValue);
        }
      }
    }

    private boolean isLost(int value) {
      int writer = witnesses.writer(value);
      return witnesses.okReader(value) == NONE
          && writer != NONE
          && witnesses.mustHaveCommitted(writer);
    }

    private void lost(int value, int read) {
      lost[value] = true;
      if (!findings.counts(AnomalyKind.LOST_WRITE)) {
        return;
      }
      int reader = witnesses.okReader(read);
      findings.keep(
          AnomalyKind.LOST_WRITE,
          history.values.key(value),
          study.operations(witnesses.writer(value), reader),
          study.numbers(value, read),
          List.of(orders.offsetOf(value), orders.offsetOf(read)),
          sent(value)
              + " and no successful poll returned it, although "
              + study.operation(reader)
              + " read further, to "
              + study.value(read)
              + ".");
    }

    private String sent(int value) {
      int writer = witnesses.writer(value);
      String how =
          history.ok(writer)
              ? " was acknowledged"
              : " was sent by an operation that took effect, as others of its values were read,";
      long offset = orders.offsetOf(value);
      String at = offset == NONE ? "" : " at offset " + offset;
      return Capital.of(study.valueOfKey(value))
          + how
          + at
          + " (operation "
          + history.index(writer)
          + ")";
    }

    // ---- one value at two offsets, two values at one

    private void rows(int key, Sightings shown) {
      for (int row = orders.start(key); row < orders.end(key); row++) {
        int value = orders.value(row);
        if (isDuplicate(value) && orders.index(row) == orders.lastIndex(value)) {
          duplicate(key, value, row, shown);
        }
        boolean second = sameOffset(key, row - 1, row);
        if (second && !sameOffset(key, row - 2, row)) {
          inconsistent(key, row - 1, row, shown);
        }
      }
    }

    private Sightings sightings() {
      boolean[] inQuestion = new boolean[history.values.size()];
      boolean any = false;
      for (int key = 0; key < history.keys.size(); key++) {
        for (int row = orders.start(key); row < orders.end(key); row++) {
          boolean shared = sameOffset(key, row - 1, row) || sameOffset(key, row, row + 1);
          inQuestion[orders.value(row)] |= shared || isDuplicate(orders.value(row));
          any |= inQuestion[orders.value(row)];
        }
      }
      return any ? new Sightings(history, inQuestion) : null;
    }

    private boolean isDuplicate(int value) {
      return orders.firstIndex(value) != orders.lastIndex(value);
    }

    private boolean sameOffset(int key, int one, int other) {
      return one >= orders.start(key)
          && other < orders.end(key)
          && orders.offset(one) == orders.offset(other);
    }

    private void duplicate(int key, int value, int last, Sightings shown) {
      if (!findings.counts(AnomalyKind.DUPLICATE)) {
        return;
      }
      int first = orders.rowOfIndex(key, orders.firstIndex(value));
      while (orders.value(first) != value) {
        first++;
      }
      List<Long> offsets = List.of(orders.offset(first), orders.offset(last));
      int before = shown.of(value, offsets.get(0));
      int again = shown.of(value, offsets.get(1));
      findings.keep(
          AnomalyKind.DUPLICATE,
          key,
          study.operations(witnesses.writer(value), before, again),
          study.numbers(value),
          offsets,
          Capital.of(study.valueOfKey(value))
              + " lies at offset "
              + offsets.get(0)
              + " ("
              + study.operation(before)
              + ") and again at offset "
              + offsets.get(1)
              + " ("
              + study.operation(again)
              + ").");
    }

    private void inconsistent(int key, int one, int other, Sightings shown) {
      if (!findings.counts(AnomalyKind.INCONSISTENT_OFFSETS)) {
        return;
      }
      long offset = orders.offset(one);
      int oneShown = shown.of(orders.value(one), offset);
      int otherShown = shown.of(orders.value(other), offset);
      findings.keep(
          AnomalyKind.INCONSISTENT_OFFSETS,
          key,
          study.operations(oneShown, otherShown),
          study.numbers(orders.value(one), orders.value(other)),
          List.of(offset),
          "Offset "
              + offset
              + " of "
              + study.key(key)
              + " holds value "
              + history.values.text(orders.value(one))
              + " according to "
              + study.operation(oneShown)
              + ", and value "
              + history.values.text(orders.value(other))
              + " according to "
              + study.operation(otherShown)
              + ".");
    }

    // ---- value by value

    private void findEnds() {
      for (int operation = 0; operation < history.size(); operation++) {
        if (history.function(operation) == Function.ENDS && history.completes(operation)) {
          for (int at = history.begin(operation); at < history.end(operation); at++) {
            provenEnd[history.key(at)] = history.offset(at);
            endTold[history.key(at)] = operation;
          }
        }
      }
    }

    private void value(int value) {
      int writer = witnesses.writer(value);
      int acknowledged = witnesses.okWriter(value);
      if (writer == NONE) {
        if (witnesses.reader(value) != NONE) {
          phantom(value);
        }
      } else if (acknowledged != NONE && witnesses.okReader(value) == NONE) {
        if (!lost[value] && beyondTheEnd(value, acknowledged)) {
          tailLoss(value);
        } else {
          unseen(value);
        }
      }
    }

    private void phantom(int value) {
      int key = history.values.key(value);
      if (findings.counts(AnomalyKind.PHANTOM)) {
        int reader = witnesses.reader(value);
        findings.keep(
            AnomalyKind.PHANTOM,
            key,
            study.operations(reader),
            study.numbers(value),
            List.of(orders.offsetOf(value)),
            Capital.of(study.operation(reader))
                + " read "
                + study.value(value)
                + " of "
                + study.key(key)
                + ", which nobody sent there.");
      }
    }

    private boolean beyondTheEnd(int value, int acknowledged) {
      int key = history.values.key(value);
      return endTold[key] > acknowledged && orders.offsetOf(value) >= provenEnd[key];
    }

    private void tailLoss(int value) {
      int key = history.values.key(value);
      if (findings.counts(AnomalyKind.TAIL_LOSS)) {
        findings.keep(
            AnomalyKind.TAIL_LOSS,
            key,
            study.operations(witnesses.okWriter(value), endTold[key]),
            study.numbers(value),
            List.of(orders.offsetOf(value), provenEnd[key]),
            sent(value) + ", but the log ends at " + provenEnd[key] + ".");
      }
    }

    private void unseen(int value) {
      if (findings.counts(AnomalyKind.UNSEEN)) {
        findings.keep(
            AnomalyKind.UNSEEN,
            history.values.key(value),
            study.operations(witnesses.okWriter(value)),
            study.numbers(value),
            List.of(orders.offsetOf(value)),
            sent(value) + " and no successful poll returned it.");
      }
    }
  }
}
