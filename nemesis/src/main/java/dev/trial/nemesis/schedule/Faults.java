package dev.trial.nemesis.schedule;

import dev.trial.core.fault.FaultKind;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** What {@code trial faults} lists: the families, then the schedules made of them. */
public final class Faults {
  private Faults() {}

  /**
   * One row.
   *
   * @param id what users give to {@code --faults}
   * @param sentence what it does
   * @param families fault families it uses
   */
  public record Entry(String id, String sentence, Set<FaultKind> families) {}

  /** Every fault family, in order. */
  public static List<Entry> families() {
    List<Entry> entries = new ArrayList<>();
    for (FaultKind kind : FaultKind.values()) {
      entries.add(new Entry(kind.id(), sentence(kind), EnumSet.of(kind)));
    }
    return entries;
  }

  /** Every named schedule, in order. */
  public static List<Entry> schedules() {
    return Schedules.all().stream()
        .map(schedule -> new Entry(schedule.id(), schedule.summary(), schedule.families()))
        .toList();
  }

  private static String sentence(FaultKind kind) {
    return switch (kind) {
      case KILL -> "kill -9 of a process; it is started again at the end.";
      case STOP -> "A process is told to end in order; it is started again at the end.";
      case PAUSE -> "A process stands still (SIGSTOP) and goes on.";
      case POWER_LOSS -> "A crash that also loses what was not flushed to disk.";
      case PARTITION -> "Bytes stop on a party's links, one way or both.";
      case HALVES -> "The brokers are split in two halves that cannot reach each other.";
      case LATENCY -> "Every link of a party is slow.";
      case FREEZE -> "A broker takes no byte from its clients, whose socket buffers fill up.";
      case RESET -> "All client connections of a party are reset.";
      case DROP_ANSWER -> "Answers of one API are lost after their effect.";
      case DELAY_ANSWER -> "Answers of one API come late.";
      case DELAY_REQUEST -> "Requests of one API are served late.";
      case REFUSE -> "Requests of one API are answered with a retriable error, unserved.";
      case UNCLEAN_ELECTION -> "An administrator elects a replica that is out of sync.";
      case PARTITION_INCREASE -> "An administrator adds partitions to a topic.";
      case RECORD_DELETION -> "An administrator deletes the older half of a partition's records.";
      case TOPIC_RECREATION -> "An administrator deletes a topic and makes it again.";
      case PREFERRED_ELECTION -> "An administrator makes the first replica the leader again.";
      case REASSIGNMENT -> "An administrator moves a partition's replicas to other brokers.";
      case DISK_FAILURE -> "A broker's disk refuses every call; the broker ends.";
      case DISK_FULL -> "A broker's disk takes no more bytes; the broker ends.";
      case READ_ERROR -> "A broker's disk refuses to read; the broker ends.";
      case TORN_WRITE -> "Power is lost in the middle of a write: some of it is on the disk.";
      case BIT_FLIP -> "A bit of a log on a broker's disk flips, unnoticed.";
      case SLOW_DISK -> "Every call of a broker's disk is slow.";
      case DISK_LOSS -> "A broker loses power and its whole disk.";
      case CLOCK_SKEW -> "A party's wall clock is off, and set right at the end.";
      case CLOCK_JUMP -> "A party's wall clock jumps forward or back, until the run heals.";
      case CLOCK_DRIFT -> "A party's wall clock runs fast or slow, and is set right at the end.";
    };
  }
}
