package dev.trial.sim.realm.runtime;

import dev.trial.sim.kernel.Kernel;
import java.util.Collection;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A blocking queue whose waiters are strands. */
public class SimLinkedBlockingQueue<E> extends LinkedBlockingQueue<E> {
  private static final long serialVersionUID = 1L;

  private final transient QueueWaits waits = new QueueWaits();

  public SimLinkedBlockingQueue() {}

  public SimLinkedBlockingQueue(int capacity) {
    super(capacity);
  }

  public SimLinkedBlockingQueue(Collection<? extends E> elements) {
    super(elements);
  }

  @Override
  public boolean offer(E element) {
    boolean added = super.offer(element);
    return waits == null ? added : waits.added(added);
  }

  @Override
  public E poll() {
    return waits.removed(super.poll());
  }

  @Override
  public E take() throws InterruptedException {
    return waits.take(this::poll, Kernel.FOREVER);
  }

  @Override
  public E poll(long timeout, TimeUnit unit) throws InterruptedException {
    return waits.take(this::poll, Clocks.afterNs(unit.toNanos(timeout)));
  }

  @Override
  public void put(E element) throws InterruptedException {
    waits.put(() -> offer(element), Kernel.FOREVER);
  }

  @Override
  public boolean offer(E element, long timeout, TimeUnit unit) throws InterruptedException {
    return waits.put(() -> offer(element), Clocks.afterNs(unit.toNanos(timeout)));
  }

  @Override
  public boolean remove(Object element) {
    boolean removed = super.remove(element);
    waits.emptied();
    return removed;
  }

  @Override
  public void clear() {
    super.clear();
    waits.emptied();
  }

  @Override
  public int drainTo(Collection<? super E> sink, int most) {
    int drained = super.drainTo(sink, most);
    waits.emptied();
    return drained;
  }
}
