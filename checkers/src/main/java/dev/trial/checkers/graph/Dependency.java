package dev.trial.checkers.graph;

/** Why one transaction must stand before another in every serial order that explains a history. */
public enum Dependency {
  /** It wrote the version before the other's (Adya's direct write-dependency). */
  WW,
  /** The other read what it wrote (direct read-dependency). */
  WR,
  /** It read the version before the one the other wrote (direct anti-dependency). */
  RW,
  /** The same process ran it first. */
  PROCESS,
  /** It was over before the other began. */
  REALTIME;

  /** The bit of this kind in a set of kinds. */
  public int bit() {
    return 1 << ordinal();
  }

  /** True if it is no matter of data but of when something happened. */
  public boolean ofTime() {
    return switch (this) {
      case WW, WR, RW -> false;
      case PROCESS, REALTIME -> true;
    };
  }

  /** True if a set of kinds holds this one. */
  public boolean in(int kinds) {
    return (kinds & bit()) != 0;
  }
}
