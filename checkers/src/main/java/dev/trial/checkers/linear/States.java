package dev.trial.checkers.linear;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Small numbers for equal states, in order of their first appearance. */
final class States<S> {
  private final Map<S, Integer> numbers = new HashMap<>();
  private final List<S> states = new ArrayList<>();

  int of(S state) {
    Integer known = numbers.putIfAbsent(state, states.size());
    if (known != null) {
      return known;
    }
    states.add(state);
    return states.size() - 1;
  }

  S get(int number) {
    return states.get(number);
  }
}
