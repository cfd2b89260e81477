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
  PARTITION_INCREASE("partition-increase"),
  RECORD_DELETION("record-deletion"),
  TOPIC_RECREATION("topic-recreation"),
  PREFERRED_ELECTION("preferred-election"),
  REASSIGNMENT("reassignment"),
  DISK_FAILURE("disk-failure"),
  DISK_FULL("disk-full"),
  READ_ERROR("read-error"),
  TORN_WRITE("torn-write"),
  BIT_FLIP("bit-flip"),
  SLOW_DISK("slow-disk"),
  DISK_LOSS("disk-loss"),
  CLOCK_SKEW("clock-skew"),
  CLOCK_JUMP("clock-jump"),
  CLOCK_DRIFT("clock-drift");

  private final String id;

  FaultKind(String id) {
    this.id = id;
  }

  /** Families that only a claim or a user asks for: no part of the general swarm. */
  public static Set<FaultKind> deliberate() {
    return EnumSet.range(PARTITION_INCREASE, CLOCK_DRIFT);
  }

  /** Families that need a disk which can be made to fail. */
  public static Set<FaultKind> ofDisk() {
    return EnumSet.range(DISK_FAILURE, DISK_LOSS);
  }

  /** Families that need a wall clock for each node and client. */
  public static Set<FaultKind> ofClock() {
    return EnumSet.range(CLOCK_SKEW, CLOCK_DRIFT);
  }

  /** The name that users type and read. */
  public String id() {
    return id;
  }
}
