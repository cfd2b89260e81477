package dev.trial.core.world;

/** What can go wrong with a machine's disk. */
public interface DiskFaults {

  /** From now on the disk refuses such calls with a {@link DiskException}, until {@link #heal}. */
  void refuse(Calls calls);

  /**
   * From now on each call takes so much longer, and calls wait for one another, until {@link
   * #heal}. Whoever called goes on at once; what it sends after the call leaves when the disk has
   * served it, as if another thread had done the call.
   */
  void slow(long delayMs, long jitterMs);

  /** The disk serves every call again, as fast as ever; what it lost stays lost. */
  void heal();

  /** One bit of one log file is another one; nobody is told. */
  void flipBit();

  /**
   * At the next loss of power a part of what was not flushed has reached the disk, and some of the
   * rest as zeros: file systems make room before they write.
   */
  void tearAtPowerLoss();

  /** Every file is gone. */
  void lose();

  /** Calls that a disk may refuse. */
  enum Calls {
    /** Reads and writes: the device is gone. */
    ALL,
    /** Writes: the disk is full. What fits is written, as a file system does. */
    WRITES,
    /** Reads: bad sectors. */
    READS
  }
}
