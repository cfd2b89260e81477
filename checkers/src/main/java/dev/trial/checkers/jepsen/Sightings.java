package dev.trial.checkers.jepsen;

import static dev.trial.checkers.jepsen.KafkaHistory.NONE;

import java.util.HashMap;
import java.util.Map;

/** Which operation first showed a value at an offset, for values of which this is in question. */
final class Sightings {
  /** Looked up, never iterated. */
  private final Map<Place, Integer> first = new HashMap<>();

  private record Place(int value, long offset) {}

  /** One pass over the history for all values that {@code inQuestion} marks. */
  Sightings(KafkaHistory history, boolean[] inQuestion) {
    for (int operation = 0; operation < history.size(); operation++) {
      if (!history.completes(operation)) {
        continue;
      }
      for (int at = history.begin(operation); at < history.end(operation); at++) {
        boolean place = history.kind(at) <= KafkaHistory.READ && history.offset(at) != NONE;
        if (place && inQuestion[history.value(at)]) {
          first.putIfAbsent(new Place(history.value(at), history.offset(at)), operation);
        }
      }
    }
  }

  /** NONE if nobody did. */
  int of(int value, long offset) {
    return first.getOrDefault(new Place(value, offset), NONE);
  }
}
