package dev.trial.core.fault;

/**
 * What goes wrong. How a backend does it is the backend's business; one that cannot says so before
 * the run starts (see {@link FaultKind}).
 */
public sealed interface Fault {

  /** kill -9; started again at the end. */
  record Kill() implements Fault {
    @Override
    public FaultKind kind() {
      return FaultKind.KILL;
    }
  }

  /** Graceful stop; started again at the end. */
  record Stop() implements Fault {
    @Override
    public FaultKind kind() {
      return FaultKind.STOP;
    }
  }

  /** SIGSTOP until the end. */
  record Pause() implements Fault {
    @Override
    public FaultKind kind() {
      return FaultKind.PAUSE;
    }
  }

  /** Crash that loses what was not flushed; started again at the end. */
  record PowerLoss() implements Fault {
    @Override
    public FaultKind kind() {
      return FaultKind.POWER_LOSS;
    }
  }

  /** Bytes on the chosen links stop until the end. */
  record Partition(Side side, Direction direction) implements Fault {
    @Override
    public FaultKind kind() {
      return FaultKind.PARTITION;
    }
  }

  /** Brokers split in two halves that cannot reach each other; clients reach both. */
  record Halves() implements Fault {
    @Override
    public FaultKind kind() {
      return FaultKind.HALVES;
    }
  }

  /** Extra delay on every link of the party. */
  record Latency(long delayMs, long jitterMs) implements Fault {
    @Override
    public FaultKind kind() {
      return FaultKind.LATENCY;
    }
  }

  /**
   * The party's client connections take no byte off the wire, and the client's socket buffer holds
   * {@code bufferBytes} more at most (0: full at once).
   */
  record Freeze(int bufferBytes) implements Fault {
    @Override
    public FaultKind kind() {
      return FaultKind.FREEZE;
    }
  }

  /** All the party's client connections are reset once. */
  record Reset() implements Fault {
    @Override
    public FaultKind kind() {
      return FaultKind.RESET;
    }
  }

  /** The next {@code count} answers to requests of that API are lost after their effect. */
  record DropAnswer(String api, int count) implements Fault {
    @Override
    public FaultKind kind() {
      return FaultKind.DROP_ANSWER;
    }
  }

  /** The next {@code count} answers of that API come {@code delayMs} late. */
  record DelayAnswer(String api, long delayMs, int count) implements Fault {
    @Override
    public FaultKind kind() {
      return FaultKind.DELAY_ANSWER;
    }
  }

  /** The next {@code count} requests of that API wait {@code delayMs} before they are served. */
  record DelayRequest(String api, long delayMs, int count) implements Fault {
    @Override
    public FaultKind kind() {
      return FaultKind.DELAY_REQUEST;
    }
  }

  /** The next {@code count} requests of that API are answered with a retriable error, unserved. */
  record Refuse(String api, String error, int count) implements Fault {
    @Override
    public FaultKind kind() {
      return FaultKind.REFUSE;
    }
  }

  /** An administrator forces an unclean election of the partition. */
  record UncleanElection(String topic, int partition) implements Fault {
    @Override
    public FaultKind kind() {
      return FaultKind.UNCLEAN_ELECTION;
    }
  }

  /** What an administrator asks the cluster for. The cluster carries it out by its own API. */
  sealed interface Administrative extends Fault {}

  /** The topic gets {@code count} partitions more (KIP-195). */
  record PartitionIncrease(String topic, int count) implements Administrative {
    @Override
    public FaultKind kind() {
      return FaultKind.PARTITION_INCREASE;
    }
  }

  /** Half of what is committed in the partition is deleted, from its beginning (KIP-107). */
  record RecordDeletion(String topic, int partition) implements Administrative {
    @Override
    public FaultKind kind() {
      return FaultKind.RECORD_DELETION;
    }
  }

  /** The topic is deleted and made again under its name, with its settings. */
  record TopicRecreation(String topic) implements Administrative {
    @Override
    public FaultKind kind() {
      return FaultKind.TOPIC_RECREATION;
    }
  }

  /** The partition's first replica is made its leader, if it is in sync (KIP-460). */
  record PreferredElection(String topic, int partition) implements Administrative {
    @Override
    public FaultKind kind() {
      return FaultKind.PREFERRED_ELECTION;
    }
  }

  /**
   * The partition's first replica moves to the first broker that has none; where all have one, it
   * becomes the last (KIP-455).
   */
  record Reassignment(String topic, int partition) implements Administrative {
    @Override
    public FaultKind kind() {
      return FaultKind.REASSIGNMENT;
    }
  }

  /** Something goes wrong with a broker's disk. */
  sealed interface OfDisk extends Fault {}

  /** The disk refuses every call until the end. */
  record DiskFailure() implements OfDisk {
    @Override
    public FaultKind kind() {
      return FaultKind.DISK_FAILURE;
    }
  }

  /** The disk refuses to write until the end; a write may be cut short. */
  record DiskFull() implements OfDisk {
    @Override
    public FaultKind kind() {
      return FaultKind.DISK_FULL;
    }
  }

  /** The disk refuses to read until the end. */
  record ReadError() implements OfDisk {
    @Override
    public FaultKind kind() {
      return FaultKind.READ_ERROR;
    }
  }

  /**
   * Loss of power in the middle of a write: a part of what was not flushed is on the disk, perhaps
   * with zeros behind it; started again at the end.
   */
  record TornWrite() implements OfDisk {
    @Override
    public FaultKind kind() {
      return FaultKind.TORN_WRITE;
    }
  }

  /** A bit of a log on the disk flips, unnoticed. */
  record BitFlip() implements OfDisk {
    @Override
    public FaultKind kind() {
      return FaultKind.BIT_FLIP;
    }
  }

  /**
   * Each call of the disk takes {@code delayMs} more, and up to {@code jitterMs} beyond, until the
   * end; calls wait for one another.
   */
  record SlowDisk(long delayMs, long jitterMs) implements OfDisk {
    @Override
    public FaultKind kind() {
      return FaultKind.SLOW_DISK;
    }
  }

  /** Loss of power and of the whole disk: started again at the end, empty. */
  record DiskLoss() implements OfDisk {
    @Override
    public FaultKind kind() {
      return FaultKind.DISK_LOSS;
    }
  }

  /** Something goes wrong with a party's wall clock; what it measures time spans with goes on. */
  sealed interface OfClock extends Fault {}

  /** The clock is off by {@code offsetMs} until the end, when it is set right. */
  record ClockSkew(long offsetMs) implements OfClock {
    @Override
    public FaultKind kind() {
      return FaultKind.CLOCK_SKEW;
    }
  }

  /** The clock jumps by {@code offsetMs}, once, and nobody sets it right before the run heals. */
  record ClockJump(long offsetMs) implements OfClock {
    @Override
    public FaultKind kind() {
      return FaultKind.CLOCK_JUMP;
    }
  }

  /**
   * The clock gains {@code ppm} microseconds a second (loses them, if negative) until the end, when
   * it is set right.
   */
  record ClockDrift(long ppm) implements OfClock {
    @Override
    public FaultKind kind() {
      return FaultKind.CLOCK_DRIFT;
    }
  }

  /** Which of the party's links a partition cuts. */
  enum Side {
    /** To every other party. */
    ALL,
    /** To the other brokers only. */
    BROKERS,
    /** To the controllers only. */
    CONTROLLERS,
    /** To the clients only. */
    CLIENTS
  }

  /** Which way bytes are stopped. */
  enum Direction {
    BOTH,
    /** What the party sends. */
    OUTBOUND,
    /** What the party should receive. */
    INBOUND
  }

  /** The family this fault belongs to. */
  FaultKind kind();
}
