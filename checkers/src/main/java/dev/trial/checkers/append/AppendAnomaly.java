package dev.trial.checkers.append;

import java.util.List;

/**
 * Something no serial execution shows.
 *
 * @param kind its name, after Adya and Elle: G1a, incompatible-order, G-single-realtime, …
 * @param model the weakest well-known model that forbids it
 * @param operations indexes of the transactions that prove it, in the order of the sentences
 * @param sentences how they prove it, for a person
 */
public record AppendAnomaly(
    String kind, String model, List<Long> operations, List<String> sentences) {
  public AppendAnomaly {
    operations = List.copyOf(operations);
    sentences = List.copyOf(sentences);
  }
}
