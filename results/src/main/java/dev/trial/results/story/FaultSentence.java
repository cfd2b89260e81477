package dev.trial.results.story;

import dev.trial.core.fault.Fault;
import dev.trial.core.fault.FaultKind;
import java.util.Locale;

/**
 * What a fault does to whom it hits, as the predicate of a sentence: {@code "is killed"}. An
 * administrator's doings are sentences by themselves.
 */
final class FaultSentence {
  private static final double MS_PER_SECOND = 1e3;

  private FaultSentence() {}

  /** The sentence about a party. */
  static String of(Fault fault, String party) {
    if (fault instanceof Fault.Halves) {
      return "the brokers are split in two halves, " + party + " in one of them";
    }
    String done = administered(fault);
    return done == null ? party + " " + predicate(fault) : done;
  }

  /** What somebody asks the cluster for; null for what goes wrong by itself. */
  private static String administered(Fault fault) {
    if (fault instanceof Fault.UncleanElection election) {
      return "an unclean election of "
          + election.topic()
          + "-"
          + election.partition()
          + " is forced";
    }
    if (fault instanceof Fault.PartitionIncrease increase) {
      return increase.topic() + " gets " + increase.count() + " more partitions";
    }
    if (fault instanceof Fault.RecordDeletion deletion) {
      return "the older half of " + deletion.topic() + "-" + deletion.partition() + " is deleted";
    }
    if (fault instanceof Fault.TopicRecreation again) {
      return again.topic() + " is deleted and made again";
    }
    if (fault instanceof Fault.PreferredElection election) {
      return "the preferred leader of "
          + election.topic()
          + "-"
          + election.partition()
          + " is elected";
    }
    if (fault instanceof Fault.Reassignment moved) {
      return "the first replica of " + moved.topic() + "-" + moved.partition() + " is moved";
    }
    return null;
  }

  private static String predicate(Fault fault) {
    if (fault instanceof Fault.Partition cut) {
      return partition(cut);
    }
    if (fault instanceof Fault.Latency slow) {
      return "is " + slow.delayMs() + " ms slower to reach, more or less " + slow.jitterMs();
    }
    if (fault instanceof Fault.OfClock clock) {
      return clock(clock);
    }
    if (fault instanceof Fault.OfDisk disk) {
      return disk(disk);
    }
    return calls(fault);
  }

  private static String calls(Fault fault) {
    if (fault instanceof Fault.DropAnswer drop) {
      return "loses " + answers(drop.count(), drop.api());
    }
    if (fault instanceof Fault.DelayAnswer delay) {
      return "gets "
          + answers(delay.count(), delay.api())
          + " "
          + seconds(delay.delayMs())
          + " late";
    }
    if (fault instanceof Fault.DelayRequest delay) {
      return "waits "
          + seconds(delay.delayMs())
          + " before it serves "
          + next(delay.count(), delay.api() + " request");
    }
    if (fault instanceof Fault.Refuse refuse) {
      return "answers "
          + next(refuse.count(), refuse.api() + " request")
          + " with "
          + refuse.error();
    }
    return simple(fault.kind());
  }

  private static String simple(FaultKind kind) {
    return switch (kind) {
      case KILL -> "is killed";
      case STOP -> "is shut down";
      case PAUSE -> "is paused";
      case POWER_LOSS -> "loses power, and what was not flushed";
      case FREEZE -> "takes no byte from its clients";
      case RESET -> "has its client connections reset";
      default -> "has " + kind.id().replace('-', ' ');
    };
  }

  private static String partition(Fault.Partition cut) {
    String whom =
        switch (cut.side()) {
          case ALL -> "everybody";
          case BROKERS -> "the other brokers";
          case CONTROLLERS -> "the controllers";
          case CLIENTS -> "the clients";
        };
    return switch (cut.direction()) {
      case BOTH -> "is cut off from " + whom;
      case OUTBOUND -> "is not heard by " + whom;
      case INBOUND -> "does not hear " + whom;
    };
  }

  private static String disk(Fault.OfDisk disk) {
    if (disk instanceof Fault.SlowDisk slow) {
      return "has a disk that takes " + slow.delayMs() + " ms and more for each call";
    }
    return switch (disk.kind()) {
      case DISK_FAILURE -> "has a disk that refuses every call";
      case DISK_FULL -> "has a full disk";
      case READ_ERROR -> "has a disk that cannot be read";
      case TORN_WRITE -> "loses power in the middle of a write";
      case BIT_FLIP -> "has a bit of a log flipped, unnoticed";
      case DISK_LOSS -> "loses power and its whole disk";
      default -> "has " + disk.kind().id().replace('-', ' ');
    };
  }

  private static String clock(Fault.OfClock clock) {
    if (clock instanceof Fault.ClockSkew skew) {
      return "has a clock that is " + way(skew.offsetMs(), "ahead", "behind");
    }
    if (clock instanceof Fault.ClockJump jump) {
      return "has a clock that jumps " + way(jump.offsetMs(), "ahead", "back");
    }
    long ppm = ((Fault.ClockDrift) clock).ppm();
    return "has a clock that "
        + (ppm < 0 ? "loses " : "gains ")
        + Math.abs(ppm)
        + " microseconds a second";
  }

  private static String way(long offsetMs, String ahead, String behind) {
    return seconds(Math.abs(offsetMs)) + (offsetMs < 0 ? " " + behind : " " + ahead);
  }

  private static String answers(int count, String api) {
    return next(count, "answer") + " to " + api;
  }

  private static String next(int count, String what) {
    if (count == Integer.MAX_VALUE) {
      return "every " + what;
    }
    return count == 1 ? "the next " + what : "the next " + count + " " + what + "s";
  }

  /** With a tenth, as people say it. */
  static String seconds(long ms) {
    return String.format(Locale.ROOT, "%.1f s", ms / MS_PER_SECOND);
  }
}
