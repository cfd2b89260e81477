package dev.trial.checkers.graph;

import static dev.trial.checkers.graph.Dependency.WR;
import static dev.trial.checkers.graph.Dependency.WW;

/** Adya's classes of cycles among data dependencies, from the worst to the mildest. */
public enum CycleClass {
  /** Writes of transactions are interleaved: a cycle of ww. */
  G0("G0", WW.bit(), "read uncommitted"),
  /** Information flows in a circle: a cycle of ww and at least one wr. */
  G1C("G1c", WW.bit() | WR.bit(), "read committed"),
  /** Exactly one rw in a cycle: read skew, lost update. */
  G_SINGLE("G-single", WW.bit() | WR.bit(), "snapshot isolation"),
  /** Two or more rw in a cycle, all by single objects rather than predicates: write skew. */
  G2_ITEM("G2-item", WW.bit() | WR.bit(), "repeatable read");

  private final String id;
  private final int plain;
  private final String model;

  CycleClass(String id, int plain, String model) {
    this.id = id;
    this.plain = plain;
    this.model = model;
  }

  /** The name in reports. */
  public String id() {
    return id;
  }

  /** The weakest well-known model that forbids such a cycle. */
  public String model() {
    return model;
  }

  /** The kinds of edges that may occur any number of times. */
  int plain() {
    return plain;
  }

  /** How many rw edges the cycle must have at least. */
  int rwLeast() {
    return switch (this) {
      case G0, G1C -> 0;
      case G_SINGLE -> 1;
      case G2_ITEM -> 2;
    };
  }
}
