package dev.trial.sim.realm.runtime;

import dev.trial.sim.kernel.Kernel;
import dev.trial.sim.kernel.Strand;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/** A read-write lock held by strands; a waiting writer holds new readers back. */
public class SimReentrantReadWriteLock extends ReentrantReadWriteLock {
  private static final long serialVersionUID = 1L;

  /** One entry for each hold. */
  private final transient List<Strand> readers = new ArrayList<>();

  private transient Strand writer;
  private int writes;
  private final transient Waiting waiting = new Waiting();
  private int waitingWriters;
  private final ReadLock readLock = new SimReadLock(this);
  private final WriteLock writeLock = new SimWriteLock(this);

  public SimReentrantReadWriteLock() {}

  public SimReentrantReadWriteLock(boolean fair) {
    super(fair);
  }

  @Override
  public ReadLock readLock() {
    return readLock;
  }

  @Override
  public WriteLock writeLock() {
    return writeLock;
  }

  private boolean takeRead(Strand strand) {
    boolean mine = writer == strand || readers.contains(strand);
    if (writer != null && writer != strand || waitingWriters > 0 && !mine) {
      return false;
    }
    readers.add(strand);
    return true;
  }

  private boolean takeWrite(Strand strand) {
    if (writer != strand && (writer != null || !readers.isEmpty())) {
      return false;
    }
    writer = strand;
    writes++;
    return true;
  }

  private boolean await(Strand strand, boolean write, long deadlineNs) {
    boolean late = false;
    waitingWriters += write ? 1 : 0;
    try {
      while (!(write ? takeWrite(strand) : takeRead(strand))) {
        if (late) {
          return false;
        }
        late = waiting.park(strand, deadlineNs);
      }
      return true;
    } finally {
      waitingWriters -= write ? 1 : 0;
    }
  }

  private final class SimReadLock extends ReadLock {
    private static final long serialVersionUID = 1L;

    SimReadLock(ReentrantReadWriteLock lock) {
      super(lock);
    }

    @Override
    public void lock() {
      Strand strand = Rt.strand();
      if (strand != null && !takeRead(strand)) {
        await(strand, false, Kernel.FOREVER);
      }
    }

    @Override
    public void lockInterruptibly() {
      lock();
    }

    @Override
    public boolean tryLock() {
      Strand strand = Rt.strand();
      return strand == null || takeRead(strand);
    }

    @Override
    public boolean tryLock(long timeout, TimeUnit unit) {
      Strand strand = Rt.strand();
      return strand == null || await(strand, false, Clocks.afterNs(unit.toNanos(timeout)));
    }

    @Override
    public void unlock() {
      Strand strand = Rt.strand();
      if (strand == null || strand.done()) {
        return;
      }
      if (!readers.remove(strand)) {
        throw new IllegalMonitorStateException("not read-locked by current thread");
      }
      waiting.wakeAll();
    }
  }

  private final class SimWriteLock extends WriteLock {
    private static final long serialVersionUID = 1L;

    SimWriteLock(ReentrantReadWriteLock lock) {
      super(lock);
    }

    @Override
    public void lock() {
      Strand strand = Rt.strand();
      if (strand != null && !takeWrite(strand)) {
        await(strand, true, Kernel.FOREVER);
      }
    }

    @Override
    public void lockInterruptibly() {
      lock();
    }

    @Override
    public boolean tryLock() {
      Strand strand = Rt.strand();
      return strand == null || takeWrite(strand);
    }

    @Override
    public boolean tryLock(long timeout, TimeUnit unit) {
      Strand strand = Rt.strand();
      return strand == null || await(strand, true, Clocks.afterNs(unit.toNanos(timeout)));
    }

    @Override
    public void unlock() {
      Strand strand = Rt.strand();
      if (strand == null || strand.done()) {
        return;
      }
      if (writer != strand) {
        throw new IllegalMonitorStateException();
      }
      if (--writes == 0) {
        writer = null;
        waiting.wakeAll();
      }
    }

    @Override
    public boolean isHeldByCurrentThread() {
      return writer != null && writer == Rt.strand();
    }

    @Override
    public Condition newCondition() {
      throw new UnsupportedOperationException("a condition of a write lock is not simulated");
    }
  }
}
