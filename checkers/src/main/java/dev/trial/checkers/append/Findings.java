package dev.trial.checkers.append;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Collects anomalies and words their proofs. */
final class Findings {

  /** More of one kind prove nothing more; the rest is counted. */
  static final int MOST_OF_A_KIND = 100;

  private static final int LIST_SHOWN = 12;
  private static final int END_SHOWN = 5;

  private final AppendHistory history;
  private final List<AppendAnomaly> anomalies = new ArrayList<>();
  private final Map<String, Integer> counts = new TreeMap<>();

  Findings(AppendHistory history) {
    this.history = history;
  }

  List<AppendAnomaly> anomalies() {
    return anomalies;
  }

  Map<String, Integer> counts() {
    return counts;
  }

  void add(String kind, String model, List<Integer> transactions, List<String> sentences) {
    if (counts.merge(kind, 1, Integer::sum) <= MOST_OF_A_KIND) {
      List<Long> operations = new ArrayList<>();
      for (int each : transactions) {
        operations.add(history.transactions().get(each).named());
      }
      anomalies.add(new AppendAnomaly(kind, model, operations, sentences));
    }
  }

  void add(String kind, String model, List<Integer> transactions, String sentence) {
    add(kind, model, transactions, List.of(sentence));
  }

  /** How a transaction is called in sentences. */
  String name(int transaction) {
    return "T" + history.transactions().get(transaction).named();
  }

  String key(int key) {
    return "list " + history.keys().get(key);
  }

  String register(int key) {
    return "register " + history.keys().get(key);
  }

  /** A list, its middle left out if it is long. */
  static String list(long[] values) {
    if (values.length <= LIST_SHOWN) {
      return Arrays.toString(values);
    }
    int left = values.length - 1 - END_SHOWN;
    String end = Arrays.toString(Arrays.copyOfRange(values, left + 1, values.length));
    return "[" + values[0] + ", … " + left + " more …, " + end.substring(1);
  }
}
