package dev.trial.core.fault;

import java.util.EnumSet;
import java.util.Set;

/** Fault families, as the command line and the reports name them. */
public enum FaultKind {
  KILL("kill"),
  STOP("stop"),
  PAUSE("pause"),
  POWER_LOSS("power-loss"),
  PARTITION("partition"),
  HALVES("halves"),
  LATENCY("latency"),
  FREEZE("freeze"),
  RESET("reset"),
  DROP_ANSWER("drop-answer"),
  DELAY_ANSWER("delay-answer"),
  DELAY_REQUEST("delay-request"),
  REFUSE("refuse"),
  UNCLEAN_ELECTION("unclean-election"),
  PARTITION_INCREASE("partition-increase");

  private final String id;

  FaultKind(String id) {
    this.id = id;
  }

  /** Every family that needs an administrator or touches a disk: no part of the general swarm. */
  public static Set<FaultKind> deliberate() {
    return EnumSet.of(PARTITION_INCREASE);
  }

  /** The name that users type and read. */
  public String id() {
    return id;
  }
}
