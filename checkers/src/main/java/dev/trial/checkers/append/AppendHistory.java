package dev.trial.checkers.append;

import java.util.List;

/**
 * A history of list-append transactions.
 *
 * @param transactions in order of invocation
 * @param keys the names of the lists
 */
public record AppendHistory(List<Transaction> transactions, List<String> keys) {
  public AppendHistory {
    transactions = List.copyOf(transactions);
    keys = List.copyOf(keys);
  }
}
