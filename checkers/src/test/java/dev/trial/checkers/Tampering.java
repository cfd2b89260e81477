package dev.trial.checkers;

import dev.trial.core.history.Action;
import dev.trial.core.history.Action.Ends;
import dev.trial.core.history.Action.Poll;
import dev.trial.core.history.Action.ReplicaLog;
import dev.trial.core.history.Delivered;
import dev.trial.core.history.Logged;
import dev.trial.core.history.Operation;
import dev.trial.core.history.Stage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Changes what a correct history says, so that exactly one thing is wrong. */
final class Tampering {

  final CorrectRun run;
  final List<Operation> operations;

  Tampering(long seed) {
    this.run = new CorrectRun(seed, -1, 120);
    this.operations = run.story.operations;
    while (run.log.size() < 6) {
      throw new org.opentest4j.TestAbortedException("too short");
    }
  }

  /** An acknowledged value in the middle of the log. */
  Operation acknowledged() {
    List<Operation> found = new ArrayList<>();
    for (Operation each : operations) {
      if (each.stage() == Stage.OK && each.action() instanceof Action.Send) {
        found.add(each);
      }
    }
    return found.get(found.size() / 2);
  }

  static Action.Send send(Operation operation) {
    return (Action.Send) operation.action();
  }

  void replace(long index, Action action) {
    Operation old = operations.get((int) index);
    operations.set(
        (int) index,
        new Operation(index, old.timeNs(), old.process(), old.stage(), old.invocation(), action));
  }

  /** Changes the records of every poll; those of the final reader only if asked. */
  void polls(boolean finalReader, boolean others, UnaryOperator<List<Delivered>> change) {
    for (Operation each : List.copyOf(operations)) {
      boolean reader = each.process() == Story.READER;
      if (each.action() instanceof Poll poll && (reader ? finalReader : others)) {
        replace(each.index(), new Poll(change.apply(poll.records()), null));
      }
    }
  }

  void dumps(UnaryOperator<List<Logged>> change) {
    for (Operation each : List.copyOf(operations)) {
      if (each.action() instanceof ReplicaLog log) {
        replace(each.index(), with(log, change.apply(log.records()), log.logEnd()));
      }
    }
  }

  static ReplicaLog with(ReplicaLog log, List<Logged> records, long end) {
    return new ReplicaLog(
        log.partition(), log.broker(), log.inSync(), 0, end, end, log.epochs(), records);
  }

  /** The value disappears from the final read and from every replica. */
  void forgetFinally(long value) {
    polls(true, false, records -> without(records, value));
    dumps(records -> records.stream().filter(each -> each.value() != value).toList());
  }

  void forgetInPolls(long value) {
    polls(false, true, records -> without(records, value));
    for (Operation each : List.copyOf(operations)) {
      if (each.action() instanceof Action.Process process && process.value() == value) {
        replace(each.index(), new Action.Note("nothing"));
      }
    }
  }

  static List<Delivered> without(List<Delivered> records, long value) {
    return records.stream().filter(each -> each.value() != value).toList();
  }

  /** One more record at the end of the log, in the final read and in every replica. */
  long appendFinally(long value) {
    long offset = run.log.isEmpty() ? 0 : endOffset();
    polls(
        true,
        false,
        records -> {
          List<Delivered> more = new ArrayList<>(records);
          more.add(new Delivered(Story.P0, offset, value, Story.key(value), null));
          return more;
        });
    for (Operation each : List.copyOf(operations)) {
      if (each.action() instanceof ReplicaLog log) {
        List<Logged> more = new ArrayList<>(log.records());
        more.add(
            new Logged(
                offset, log.epochs().get(log.epochs().size() - 1).leaderEpoch(), value, false));
        replace(each.index(), with(log, more, offset + 1));
      } else if (each.action() instanceof Ends && each.stage() == Stage.OK) {
        replace(each.index(), new Ends(Map.of(Story.P0, 0L), Map.of(Story.P0, offset + 1), null));
      }
    }
    return offset;
  }

  long endOffset() {
    for (Operation each : operations) {
      if (each.action() instanceof ReplicaLog log) {
        return log.logEnd();
      }
    }
    throw new AssertionError("no dump");
  }

  /** The second poll record that lies in a poll with another before it, else aborts the try. */
  Operation pollOfSeveral() {
    for (Operation each : operations) {
      boolean consumer = each.process() != Story.READER;
      if (consumer && each.action() instanceof Poll poll && poll.records().size() >= 3) {
        return each;
      }
    }
    throw new org.opentest4j.TestAbortedException("no poll of several records");
  }
}
