package dev.trial.checkers.evidence;

import dev.trial.checkers.evidence.SendFact.Transaction;
import dev.trial.core.history.Action.Producing;
import dev.trial.core.history.Operation;
import dev.trial.core.history.Stage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which sends belong to one transaction, and how it ended. Only what a call's success proves is
 * taken for certain: a commit that failed may be durable, and an abort after it proves nothing.
 */
final class TransactionReader {
  private final Map<Integer, Open> open = new TreeMap<>();
  private int transactions;

  private static final class Open {
    private final List<SendFact> sends = new ArrayList<>();
    private final int number;
    private boolean commitCalled;

    Open(int number) {
      this.number = number;
    }

    /** What is known if no call succeeded. */
    Transaction unfinished() {
      return commitCalled ? Transaction.UNKNOWN : Transaction.ABANDONED;
    }
  }

  void sent(int process, SendFact send) {
    Open transaction = open.get(process);
    if (transaction != null) {
      send.transactionNumber = transaction.number;
      transaction.sends.add(send);
    }
  }

  void called(Operation operation, Producing producing) {
    boolean begins = operation.stage() == Stage.INVOKE;
    boolean ok = operation.stage() == Stage.OK;
    int process = operation.process();
    Open transaction = open.get(process);
    switch (producing.call()) {
      case BEGIN_TRANSACTION -> {
        if (begins) {
          end(process);
          open.put(process, new Open(transactions++));
        }
      }
      case COMMIT_TRANSACTION -> {
        if (transaction != null) {
          transaction.commitCalled |= begins;
          if (ok) {
            end(process, Transaction.COMMITTED);
          }
        }
      }
      case ABORT_TRANSACTION -> {
        if (transaction != null) {
          if (ok) {
            end(process, transaction.commitCalled ? Transaction.UNKNOWN : Transaction.ABORTED);
          }
        }
      }
      case INIT_TRANSACTIONS, FLUSH -> {
        // no transaction of this process begins or ends
      }
    }
  }

  private void end(int process) {
    Open transaction = open.get(process);
    if (transaction != null) {
      end(process, transaction.unfinished());
    }
  }

  private void end(int process, Transaction how) {
    open.remove(process).sends.forEach(send -> send.transaction = how);
  }

  /** The history ends. */
  void finish() {
    List.copyOf(open.keySet()).forEach(this::end);
  }
}
