package dev.trial.checkers;

import dev.trial.checkers.evidence.Election;
import dev.trial.checkers.evidence.Evidence;
import dev.trial.checkers.evidence.LogView;
import dev.trial.checkers.evidence.SendFact;
import dev.trial.checkers.evidence.TransactionFact;
import java.util.ArrayList;
import java.util.List;

/**
 * How often the ground moved under an open transaction: the leader of a partition it writes to, its
 * coordinator, or the coordinator of the group whose offsets it carries was replaced by another
 * broker. A run in which that never happened says little about exactly once.
 */
final class TransactionChanges {
  private static final String TRANSACTIONS_TOPIC = "__transaction_state";
  private static final String OFFSETS_TOPIC = "__consumer_offsets";

  private final Evidence evidence;
  private final Report report;
  private final int transactionLogs;
  private final int groupLogs;

  private TransactionChanges(Evidence evidence, Report report) {
    this.evidence = evidence;
    this.report = report;
    this.transactionLogs = partitions(TRANSACTIONS_TOPIC);
    this.groupLogs = partitions(OFFSETS_TOPIC);
  }

  /** Counts changes, each once however many transactions it fell into. */
  static void count(Evidence evidence, Report report) {
    if (evidence.transactions().isEmpty()) {
      return;
    }
    report.set("leader-changes-inside-transactions", 0);
    report.set("coordinator-changes-inside-transactions", 0);
    TransactionChanges changes = new TransactionChanges(evidence, report);
    for (int partition = 0; partition < evidence.logs().size(); partition++) {
      changes.count(partition);
    }
  }

  private int partitions(String topic) {
    return (int) evidence.logs().stream().filter(log -> log.id().topic().equals(topic)).count();
  }

  private void count(int partition) {
    LogView log = evidence.log(partition);
    String topic = log.id().topic();
    for (Election each : elections(log)) {
      if (topic.equals(TRANSACTIONS_TOPIC) || topic.equals(OFFSETS_TOPIC)) {
        count("coordinator-changes-inside-transactions", each, partition);
      } else {
        count("leader-changes-inside-transactions", each, partition);
      }
    }
  }

  /** Elections that gave the partition another leader than it had before. */
  private static List<Election> elections(LogView log) {
    List<Election> changes = new ArrayList<>();
    int before = -1;
    for (Election each : log.leaderships()) {
      if (before >= 0 && each.elects() && each.leader() != before) {
        changes.add(each);
      }
      before = each.leader() >= 0 ? each.leader() : before;
    }
    return changes;
  }

  private void count(String statistic, Election change, int partition) {
    for (TransactionFact each : evidence.transactions()) {
      if (each.openAt(change.index()) && needs(each, change.index(), partition)) {
        report.count(statistic);
        return;
      }
    }
  }

  private boolean needs(TransactionFact transaction, long index, int partition) {
    LogView log = evidence.log(partition);
    return switch (log.id().topic()) {
      case TRANSACTIONS_TOPIC ->
          transaction.transactionalId() != null
              && log.id().partition() == home(transaction.transactionalId(), transactionLogs);
      case OFFSETS_TOPIC ->
          transaction.groups().entrySet().stream()
              .anyMatch(
                  group ->
                      group.getValue() < index
                          && log.id().partition() == home(group.getKey(), groupLogs));
      default -> writes(transaction, index, partition);
    };
  }

  private static boolean writes(TransactionFact transaction, long index, int partition) {
    for (SendFact each : transaction.sends()) {
      if (each.partition() == partition && each.invoked() < index) {
        return true;
      }
    }
    return false;
  }

  /**
   * The partition of the internal topic whose leader coordinates that id: Utils.abs of its hash,
   * modulo their number (TransactionStateManager and GroupCoordinatorService, partitionFor).
   */
  private static int home(String id, int partitions) {
    int hash = id.hashCode();
    return (hash == Integer.MIN_VALUE ? 0 : Math.abs(hash)) % partitions;
  }
}
