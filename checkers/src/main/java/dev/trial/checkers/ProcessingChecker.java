package dev.trial.checkers;

import static dev.trial.core.verdict.AnomalyKind.DUPLICATE_PROCESSING;
import static dev.trial.core.verdict.AnomalyKind.LOST_PROCESSING;
import static dev.trial.core.verdict.AnomalyKind.PROCESSING_REORDER;

import dev.trial.checkers.evidence.CommitFact;
import dev.trial.checkers.evidence.Deliveries;
import dev.trial.checkers.evidence.Evidence;
import dev.trial.checkers.evidence.GroupPartition;
import dev.trial.checkers.evidence.LogView;
import dev.trial.checkers.evidence.Losses;
import dev.trial.checkers.evidence.Ownership;
import dev.trial.checkers.evidence.Part;
import dev.trial.checkers.evidence.ProcessFact;
import dev.trial.checkers.evidence.ValuePlaces;
import dev.trial.core.history.Action.Commit;
import dev.trial.core.history.Action.End;
import dev.trial.core.history.Action.Process;
import dev.trial.core.history.Operation;
import dev.trial.core.history.Stage;
import dev.trial.core.verdict.Cause;
import it.unimi.dsi.fastutil.ints.Int2ObjectOpenHashMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What the application made of its input: each record once, and a key's records in order. */
final class ProcessingChecker extends FamilyChecker {

  ProcessingChecker() {
    super("processing", Part.FINAL_READ, Part.PROCESS_ENDS);
  }

  @Override
  void check(Evidence evidence, Losses losses, Report report) {
    for (GroupPartition at : evidence.groupPartitions()) {
      if (!at.processed().isEmpty()) {
        report.set("processed." + at.group(), 0);
      }
    }
    for (String group : evidence.groups()) {
      ValuePlaces first = new ValuePlaces(processed(evidence, group));
      for (GroupPartition at : evidence.group(group)) {
        if (!at.processed().isEmpty()) {
          walk(evidence, losses, report, at, first);
          lost(evidence, report, at, first);
        }
      }
    }
  }

  private static long processed(Evidence evidence, String group) {
    return evidence.group(group).stream().mapToLong(at -> at.processed().size()).sum();
  }

  /** The last work of each process for each key. Looked up, never iterated. */
  private static final class Latest {
    private final Int2ObjectOpenHashMap<Map<String, Work>> byProcess =
        new Int2ObjectOpenHashMap<>();

    Work of(int process, String key) {
      Map<String, Work> byKey = byProcess.get(process);
      if (byKey == null) {
        byKey = new HashMap<>();
        byProcess.put(process, byKey);
      }
      Work work = byKey.get(key);
      if (work == null) {
        work = new Work();
        byKey.put(key, work);
      }
      return work;
    }
  }

  /** The operation that did it, −1 for none, and the record's offset. */
  private static final class Work {
    private long operation = -1;
    private long offset;
  }

  /** {@code first} tells where the group processed a value of a partition first. */
  private static void walk(
      Evidence evidence, Losses losses, Report report, GroupPartition at, ValuePlaces first) {
    Latest latest = new Latest();
    LogView log = evidence.log(at.partition());
    report.over("records processed of " + log.id(), at.processed().size());
    for (int row = 0; row < at.processed().size(); row++) {
      report.step();
      long index = at.processed().getInt(row);
      Operation operation = evidence.history().at(index);
      Process fact = (Process) operation.action();
      long earlier = first.get(at.partition(), fact.value());
      if (earlier == ValuePlaces.NONE) {
        first.putIfAbsent(at.partition(), fact.value(), index);
      }
      boolean sameRecord =
          earlier != ValuePlaces.NONE
              && ((Process) evidence.history().at(earlier).action()).offset() == fact.offset();
      if (sameRecord) {
        duplicate(evidence, report, at, log, earlier, index);
      } else {
        order(evidence, losses, report, at, log, latest, operation.process(), fact, index);
      }
    }
    report.atLeast("processed." + at.group(), at.processed().size());
  }

  // ---- order

  private static void order(
      Evidence evidence,
      Losses losses,
      Report report,
      GroupPartition at,
      LogView log,
      Latest latest,
      int process,
      Process fact,
      long index) {
    Work last = latest.of(process, fact.key() == null ? "" : fact.key());
    long earlier = last.operation;
    boolean later = earlier < 0 || fact.offset() > last.offset;
    if (later || fact.key() == null || moved(at, process, earlier, index)) {
      last.operation = index;
      last.offset = fact.offset();
      return;
    }
    Process before = (Process) evidence.history().at(earlier).action();
    boolean follows = losses.truncated(log, before.offset(), before.value(), earlier);
    report.add(
        PROCESSING_REORDER,
        log.id(),
        List.of(earlier, index),
        List.of(before.value(), fact.value()),
        List.of(before.offset(), fact.offset()),
        follows ? Cause.CONSEQUENCE_OF_TRUNCATION : Cause.UNEXPLAINED,
        evidence.process(process).client()
            + " processed "
            + Sentences.at(log, before.offset())
            + " before "
            + fact.offset()
            + ", both of key "
            + fact.key()
            + ".");
  }

  /** True if the process's position was moved on purpose between two facts. */
  private static boolean moved(GroupPartition at, int process, long from, long to) {
    Ownership then = at.ownerAt(process, from);
    Ownership now = at.ownerAt(process, to);
    return then != now || at.soughtBetween(from, to);
  }

  // ---- twice

  private static void duplicate(
      Evidence evidence, Report report, GroupPartition at, LogView log, long earlier, long index) {
    Process fact = (Process) evidence.history().at(index).action();
    int one = evidence.history().at(earlier).process();
    int other = evidence.history().at(index).process();
    Restart restart = restart(at, one, earlier, other, index);
    if (!allows(restart, fact.offset())) {
      report.cost(at.deliveries().size());
      Restart given = handedOver(evidence, at, fact.value(), earlier, index);
      restart = allows(given, fact.offset()) ? given : restart;
    }
    boolean allowed = allows(restart, fact.offset());
    boolean late = !allowed && restart != null && wasCommittedLate(at, restart, fact.offset());
    Cause unproven = late ? Cause.LATE_COMMIT : Cause.UNEXPLAINED;
    Cause cause = allowed ? strategy(evidence, at, one, earlier, restart.operation()) : unproven;
    report.count("duplicates." + at.group());
    report.add(
        DUPLICATE_PROCESSING,
        log.id(),
        List.of(earlier, restart == null ? -1 : restart.operation(), index),
        List.of(fact.value()),
        List.of(fact.offset()),
        cause,
        Sentences.capital(Sentences.value(fact.value(), fact.key()))
            + " at "
            + Sentences.at(log, fact.offset())
            + " was processed by "
            + evidence.process(one).client()
            + " and again by "
            + evidence.process(other).client()
            + words(restart)
            + ".");
  }

  /** How far behind its work the process had committed. */
  private static Cause strategy(
      Evidence evidence, GroupPartition at, int process, long from, long to) {
    if (polledBetween(evidence, at, process, from, to)) {
      return Cause.COMMIT_BEHIND;
    }
    for (int i = at.processed().size() - 1; i >= 0 && at.processed().getInt(i) > from; i--) {
      long index = at.processed().getInt(i);
      if (index < to && evidence.history().at(index).process() == process) {
        return Cause.COMMIT_STRATEGY;
      }
    }
    return Cause.LAST_RECORD;
  }

  /** True if the process was given more of the partition after it had processed a record. */
  private static boolean polledBetween(
      Evidence evidence, GroupPartition at, int process, long from, long to) {
    Deliveries rows = evidence.deliveries();
    int low = 0;
    int high = at.deliveries().size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (rows.operation(at.deliveries().getInt(middle)) <= from) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    for (int i = low; i < at.deliveries().size(); i++) {
      int row = at.deliveries().getInt(i);
      if (rows.operation(row) >= to) {
        return false;
      }
      if (rows.process(row) == process) {
        return true;
      }
    }
    return false;
  }

  private static String words(Restart restart) {
    if (restart == null) {
      return ", which took the partition over at no time in between";
    }
    return restart.committed() < 0
        ? "; nothing was committed when that one took over"
        : "; offset " + restart.committed() + " was committed when that one took over";
  }

  /** Where the later owner of two began, and by which operation. */
  private record Restart(long committed, long operation, Ownership owner) {}

  private static Restart restart(GroupPartition at, int one, long first, int other, long second) {
    Ownership before = at.ownerAt(one, first);
    Ownership after = at.ownerAt(other, second);
    if (after == null || before == after) {
      return null;
    }
    Ownership later = before == null || after.assigned() > before.assigned() ? after : before;
    Long told = at.committedFor(later);
    long committed = told != null ? told : at.lastCommitBefore(later.assigned());
    return new Restart(committed, later.assigned(), later);
  }

  /**
   * Work that was handed to another thread may be done when the partition has come and gone: what
   * counts is when the process was given the record.
   */
  private static Restart handedOver(
      Evidence evidence, GroupPartition at, long value, long first, long second) {
    int one = evidence.history().at(first).process();
    int other = evidence.history().at(second).process();
    Deliveries rows = evidence.deliveries();
    long given = -1;
    long again = -1;
    for (int i = 0; i < at.deliveries().size(); i++) {
      int row = at.deliveries().getInt(i);
      long operation = rows.operation(row);
      if (rows.value(row) == value && operation < second) {
        given = given < 0 && rows.process(row) == one ? operation : given;
        again = rows.process(row) == other ? operation : again;
      }
    }
    return given < 0 || given > first || again < 0 ? null : restart(at, one, given, other, again);
  }

  private static boolean allows(Restart restart, long offset) {
    return restart != null && offset >= restart.committed();
  }

  /**
   * The position went below the committed offset, as far as the record, because a late commit had
   * moved that back.
   */
  private static boolean wasCommittedLate(GroupPartition at, Restart restart, long offset) {
    for (CommitFact each : at.commits()) {
      boolean pending = each.invoked() < restart.operation();
      boolean below = each.offset() < restart.committed() && each.offset() <= offset;
      if (each.outcome() == Stage.INFO && pending && below) {
        return true;
      }
    }
    return false;
  }

  // ---- never

  private static void lost(Evidence evidence, Report report, GroupPartition at, ValuePlaces first) {
    LogView log = evidence.log(at.partition());
    CommitFact last = lastCommit(at);
    if (last == null || !log.proven()) {
      return;
    }
    Deliveries rows = evidence.deliveries();
    boolean byClients = at.commits().stream().allMatch(each -> each.mode() == Commit.Mode.AUTO);
    report.over("records of " + log.id(), log.size());
    for (int row = 0; row < log.size() && log.offset(row) < last.offset(); row++) {
      report.step();
      int delivery = at.firstDelivery(log.value(row));
      boolean firstCopy = log.offsetOf(log.value(row)) == log.offset(row);
      boolean done = first.get(at.partition(), log.value(row)) != ValuePlaces.NONE;
      if (!firstCopy || delivery < 0 || done) {
        continue;
      }
      long covering = covering(at, log.offset(row), rows.operation(delivery));
      report.count("lost." + at.group());
      report.add(
          LOST_PROCESSING,
          log.id(),
          List.of((long) rows.operation(delivery), covering, last.shown()),
          List.of(log.value(row)),
          List.of(log.offset(row)),
          whyLost(evidence, at, rows.process(delivery), rows.operation(delivery), byClients),
          Sentences.capital(Sentences.value(log.value(row), rows.key(delivery)))
              + " at "
              + Sentences.at(log, log.offset(row))
              + " was delivered to "
              + evidence.process(rows.process(delivery)).client()
              + " and never processed, although group "
              + at.group()
              + " committed "
              + last.offset()
              + ".");
    }
  }

  private static Cause whyLost(
      Evidence evidence, GroupPartition at, int process, long given, boolean byClients) {
    if (!cutShort(evidence, at, process, given)) {
      return Cause.UNEXPLAINED;
    }
    return byClients && diedAtWork(evidence, process, given)
        ? Cause.COMMITTED_UNASKED
        : Cause.COMMIT_STRATEGY;
  }

  /**
   * Where clients commit by themselves, only the next poll may commit what the last one brought.
   */
  private static boolean diedAtWork(Evidence evidence, int process, long given) {
    ProcessFact owner = evidence.process(process);
    return owner.ended() == End.How.CRASHED
        && owner.lastPoll() <= Evidence.begun(evidence.history().at(given));
  }

  /**
   * True if who was given the record crashed, or lost the partition before its own end: whether the
   * work is done then is a matter of when it commits. Whoever goes on, and closes in the end, owes
   * it.
   */
  private static boolean cutShort(Evidence evidence, GroupPartition at, int process, long given) {
    ProcessFact owner = evidence.process(process);
    Ownership held = at.ownerAt(process, given);
    boolean taken = held != null && held.released() < owner.endIndex();
    return taken || owner.ended() == End.How.CRASHED || owner.ended() == End.How.FAILED;
  }

  private static long covering(GroupPartition at, long offset, long after) {
    for (CommitFact each : at.commits()) {
      if (each.outcome() == Stage.OK && each.offset() > offset && each.completed() > after) {
        return each.completed();
      }
    }
    return -1;
  }

  private static CommitFact lastCommit(GroupPartition at) {
    CommitFact last = null;
    for (CommitFact each : at.commits()) {
      last = each.outcome() == Stage.OK ? each : last;
    }
    return last;
  }
}
