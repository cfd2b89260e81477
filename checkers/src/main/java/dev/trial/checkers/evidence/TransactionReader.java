package dev.trial.checkers.evidence;

import dev.trial.checkers.evidence.SendFact.Transaction;
import dev.trial.core.history.Action.Commit;
import dev.trial.core.history.Action.Producing;
import dev.trial.core.history.Operation;
import dev.trial.core.history.Stage;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which sends belong to one transaction, and how it ended. Only what a call's success proves is
 * taken for certain: a commit that failed may be durable, and an abort after it proves nothing.
 */
final class TransactionReader {
  private final Map<Integer, TransactionFact> open = new TreeMap<>();
  private final List<TransactionFact> all;

  /** Reads into that list. */
  TransactionReader(List<TransactionFact> all) {
    this.all = all;
  }

  void sent(int process, SendFact send) {
    TransactionFact transaction = open.get(process);
    if (transaction != null) {
      send.transactionNumber = transaction.number;
      transaction.sends.add(send);
    }
  }

  /** Offsets of a group were handed to the open transaction. */
  void offsets(Operation operation, Commit commit) {
    TransactionFact transaction = open.get(operation.process());
    if (transaction == null || commit.mode() != Commit.Mode.TRANSACTION) {
      return;
    }
    transaction.groups.putIfAbsent(commit.group(), operation.index());
    if (operation.stage() == Stage.OK) {
      transaction.offsetsTaken = Math.min(transaction.offsetsTaken, operation.index());
    }
  }

  void called(Operation operation, Producing producing) {
    boolean begins = operation.stage() == Stage.INVOKE;
    boolean ok = operation.stage() == Stage.OK;
    int process = operation.process();
    TransactionFact transaction = open.get(process);
    switch (producing.call()) {
      case BEGIN_TRANSACTION -> {
        if (begins) {
          end(process, operation.index());
          begin(process, producing);
        }
      }
      case COMMIT_TRANSACTION -> {
        if (transaction != null) {
          transaction.commitCalled |= begins;
          if (ok) {
            end(process, Transaction.COMMITTED, operation.index());
          }
        }
      }
      case ABORT_TRANSACTION -> {
        if (transaction != null && ok) {
          Transaction how = transaction.commitCalled ? Transaction.UNKNOWN : Transaction.ABORTED;
          end(process, how, operation.index());
        }
      }
      case INIT_TRANSACTIONS, FLUSH -> {
        // no transaction of this process begins or ends
      }
    }
  }

  private void begin(int process, Producing producing) {
    TransactionFact begun = new TransactionFact(all.size(), process, producing.transactionalId());
    all.add(begun);
    open.put(process, begun);
  }

  /** The process is gone, or begins another: what is known if no call succeeded. */
  void end(int process, long index) {
    TransactionFact transaction = open.get(process);
    if (transaction != null) {
      end(process, transaction.commitCalled ? Transaction.UNKNOWN : Transaction.ABANDONED, index);
    }
  }

  private void end(int process, Transaction how, long index) {
    TransactionFact ended = open.remove(process);
    ended.ended = index;
    ended.sends.forEach(send -> send.transaction = how);
  }

  /** The history ends. */
  void finish() {
    List.copyOf(open.keySet()).forEach(process -> end(process, Long.MAX_VALUE));
  }
}
