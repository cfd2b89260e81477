package dev.trial.checkers.jepsen;

import dev.trial.checkers.evidence.Evidence;
import dev.trial.checkers.evidence.SendFact;
import dev.trial.core.history.Action.Producing;
import dev.trial.core.history.Operation;
import dev.trial.core.history.Stage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The transactions of a history of ours, each as one operation of Jepsen's. */
final class ExportedTransactions {
  /** Looked up, never iterated. */
  private final Map<Long, Unit> byFirstSend = new HashMap<>();

  private final Map<Long, Unit> byEnd = new HashMap<>();
  private final List<Unit> all = new ArrayList<>();

  /** One transaction that sent something. */
  static final class Unit {
    final List<SendFact> sends = new ArrayList<>();
    int lane;
    private boolean ended;

    int client() {
      return sends.get(0).process();
    }
  }

  ExportedTransactions(Evidence evidence) {
    Map<Integer, Unit> byNumber = new HashMap<>();
    Map<Integer, Unit> lastOfClient = new HashMap<>();
    for (SendFact send : evidence.sends()) {
      if (send.transactionNumber() >= 0) {
        byNumber.computeIfAbsent(send.transactionNumber(), number -> begin(send)).sends.add(send);
      }
    }
    for (Operation operation : evidence.history().operations()) {
      Unit begun = byFirstSend.get(operation.index());
      if (begun != null) {
        lastOfClient.put(operation.process(), begun);
      }
      Unit open = ends(operation) ? lastOfClient.remove(operation.process()) : null;
      if (open != null) {
        byEnd.put(operation.index(), open);
      }
    }
  }

  private Unit begin(SendFact first) {
    Unit unit = new Unit();
    byFirstSend.put(first.invoked(), unit);
    all.add(unit);
    return unit;
  }

  private static boolean ends(Operation operation) {
    if (!(operation.action() instanceof Producing producing) || operation.stage() != Stage.OK) {
      return false;
    }
    return switch (producing.call()) {
      case COMMIT_TRANSACTION, ABORT_TRANSACTION -> true;
      case BEGIN_TRANSACTION, INIT_TRANSACTIONS, FLUSH -> false;
    };
  }

  /** The transaction whose first send is invoked there, null if none is. */
  Unit beginning(long index) {
    return byFirstSend.get(index);
  }

  /** Those that no call is known to have ended, in order. */
  List<Unit> open() {
    return all.stream().filter(unit -> !unit.ended).toList();
  }

  /** The transaction that a successful commit or abort there ends, null if none does. */
  Unit ending(long index) {
    Unit unit = byEnd.get(index);
    if (unit != null) {
      unit.ended = true;
    }
    return unit;
  }
}
