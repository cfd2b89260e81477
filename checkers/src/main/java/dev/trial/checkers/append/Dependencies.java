package dev.trial.checkers.append;

import dev.trial.checkers.append.MicroOp.Append;
import dev.trial.checkers.graph.Dependency;
import dev.trial.checkers.graph.DependencyGraph;
import dev.trial.checkers.graph.GraphBuilder;
import java.util.Comparator;
import java.util.List;

/** Which transaction must stand before which, by what was read. */
final class Dependencies {

  /** Of the readers that missed an append, those that began last prove the most. */
  private static final int READERS_OF_THE_END = 64;

  private final List<Transaction> transactions;
  private final List<ListFacts> lists;
  private final GraphBuilder builder;

  Dependencies(AppendHistory history, List<ListFacts> lists) {
    this.transactions = history.transactions();
    this.lists = lists;
    this.builder = new GraphBuilder(transactions.size());
  }

  DependencyGraph graph() {
    lists.forEach(this::writes);
    lists.forEach(this::reads);
    unread();
    TimeEdges.addTo(builder, transactions);
    return builder.build();
  }

  private void add(int from, int to, Dependency kind) {
    if (from != ListFacts.NOBODY && to != ListFacts.NOBODY) {
      builder.add(from, to, kind);
    }
  }

  private void writes(ListFacts list) {
    for (int length = 1; length < list.agreed(); length++) {
      add(list.writerOfVersion(length), list.writerAfter(length), Dependency.WW);
    }
  }

  private void reads(ListFacts list) {
    for (Reading each : list.readings()) {
      if (each.consistent()) {
        add(list.writerOfVersion(each.foreign()), each.transaction(), Dependency.WR);
        add(each.transaction(), list.writerAfter(each.foreign()), Dependency.RW);
      }
    }
  }

  /**
   * An append that happened and is in no list read must stand behind all that are: lists only grow.
   * So its transaction follows the last known writer, and those who read the longest list did not
   * see it.
   */
  private void unread() {
    List<List<Reading>> readersOfTheEnd = lists.stream().map(this::readersOfTheEnd).toList();
    for (int number = 0; number < transactions.size(); number++) {
      if (!happened(number)) {
        continue;
      }
      for (MicroOp op : transactions.get(number).ops()) {
        if (op instanceof Append append) {
          unread(number, append, lists.get(append.key()), readersOfTheEnd.get(append.key()));
        }
      }
    }
  }

  /**
   * True if a transaction certainly happened: it was answered, or somebody read what it appended to
   * one list, and then all of it took place.
   */
  private boolean happened(int number) {
    Transaction transaction = transactions.get(number);
    if (transaction.committed() || transaction.aborted()) {
      return transaction.committed();
    }
    for (MicroOp op : transaction.ops()) {
      if (op instanceof Append append && lists.get(append.key()).place(append.value()) >= 0) {
        return true;
      }
    }
    return false;
  }

  private void unread(int number, Append append, ListFacts list, List<Reading> readersOfTheEnd) {
    if (!list.whole() || list.place(append.value()) >= 0) {
      return;
    }
    add(list.writerOfVersion(list.agreed()), number, Dependency.WW);
    for (Reading each : readersOfTheEnd) {
      add(each.transaction(), number, Dependency.RW);
    }
  }

  private List<Reading> readersOfTheEnd(ListFacts list) {
    return list.readings().stream()
        .filter(each -> each.consistent() && each.foreign() == list.order().length)
        .sorted(Comparator.comparingLong(this::invoked).reversed())
        .limit(READERS_OF_THE_END)
        .toList();
  }

  private long invoked(Reading reading) {
    return transactions.get(reading.transaction()).invoked();
  }
}
