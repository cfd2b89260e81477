package dev.trial.workloads.program;

import dev.trial.core.run.Parameters;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Which values a program sends: those of its parameter {@code values}, such as {@code
 * 1000000003,1000000007-1000000009}, or all if it has none. The others are passed over in their
 * time, so that what is left is sent when it was sent before.
 */
final class ChosenValues {
  private final NavigableMap<Long, Long> ranges = new TreeMap<>();

  ChosenValues(Parameters parameters) {
    for (String range : parameters.list("values")) {
      String[] ends = range.split("-");
      ranges.put(Long.parseLong(ends[0]), Long.parseLong(ends[ends.length - 1]));
    }
  }

  boolean has(long value) {
    var below = ranges.floorEntry(value);
    return ranges.isEmpty() || below != null && value <= below.getValue();
  }
}
