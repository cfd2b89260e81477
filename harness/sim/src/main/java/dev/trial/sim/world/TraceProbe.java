package dev.trial.sim.world;

import java.util.ArrayList;
import java.util.List;

/**
 * Looks at a few entries of a trace as a run goes by: given the number of the first entry that
 * diverged, a second run of the same spec says in words what happened there and just before.
 */
public final class TraceProbe {
  private final long first;
  private final long last;
  private final List<String> lines = new ArrayList<>();
  private String note = "";

  /** Watches entries {@code first} to {@code last}, both included. */
  public TraceProbe(long first, long last) {
    this.first = first;
    this.last = last;
  }

  /** Watches one entry and the ten before it. */
  public static TraceProbe around(long entry) {
    return new TraceProbe(Math.max(0, entry - 10), entry);
  }

  /** What was seen, one line per entry. */
  public List<String> lines() {
    return List.copyOf(lines);
  }

  boolean wants(long entry) {
    return entry >= first && entry <= last;
  }

  void note(long entry, String text) {
    if (!wants(entry)) {
      return;
    }
    int index = (int) (entry - first);
    if (index < lines.size()) {
      lines.set(index, lines.get(index) + " " + text);
    } else {
      note = " " + text;
    }
  }

  void entry(long entry, long timeNs, TraceKind kind, int party, long a, long b) {
    if (wants(entry)) {
      lines.add(
          "#"
              + entry
              + " "
              + timeNs
              + " ns "
              + kind
              + " party "
              + party
              + " ("
              + a
              + ", "
              + Long.toHexString(b)
              + ")"
              + note);
      note = "";
    }
  }
}
