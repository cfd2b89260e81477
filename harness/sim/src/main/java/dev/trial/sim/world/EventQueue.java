package dev.trial.sim.world;

import java.util.Arrays;

/**
 * A 4-ary heap of events by (due time, order of addition), with removal from the middle. Due times
 * stand in an array of their own: nearly every comparison is decided there, without a look at the
 * events, which lie all over the heap.
 */
final class EventQueue {
  private static final int ARITY_SHIFT = 2;

  private Event[] heap = new Event[256];
  private long[] dueNs = new long[256];
  private int size;
  private long nextSequence;

  int size() {
    return size;
  }

  /** The next event, null if there is none. */
  Event peek() {
    return size == 0 ? null : heap[0];
  }

  void add(Event event, long atNs) {
    if (event.queued()) {
      throw new IllegalStateException("already queued: " + event);
    }
    event.dueNs = atNs;
    event.sequence = nextSequence++;
    if (size == heap.length) {
      heap = Arrays.copyOf(heap, size * 2);
      dueNs = Arrays.copyOf(dueNs, size * 2);
    }
    siftUp(size++, event);
  }

  Event poll() {
    Event first = heap[0];
    remove(first);
    return first;
  }

  /** Takes the event out if it is queued. */
  void remove(Event event) {
    int hole = event.position;
    if (hole == Event.IDLE) {
      return;
    }
    event.position = Event.IDLE;
    Event last = heap[--size];
    heap[size] = null;
    if (hole == size) {
      return;
    }
    siftDown(hole, last);
    if (last.position == hole) {
      siftUp(hole, last);
    }
  }

  private void siftUp(int from, Event event) {
    int hole = from;
    while (hole > 0) {
      int parent = (hole - 1) >>> ARITY_SHIFT;
      if (!before(event, parent)) {
        break;
      }
      place(hole, heap[parent]);
      hole = parent;
    }
    place(hole, event);
  }

  private void siftDown(int from, Event event) {
    int hole = from;
    while (true) {
      int child = leastChild(hole);
      if (child < 0 || before(event, child)) {
        break;
      }
      place(hole, heap[child]);
      hole = child;
    }
    place(hole, event);
  }

  private int leastChild(int parent) {
    int first = (parent << ARITY_SHIFT) + 1;
    if (first >= size) {
      return -1;
    }
    int end = Math.min(first + (1 << ARITY_SHIFT), size);
    int least = first;
    for (int child = first + 1; child < end; child++) {
      if (dueNs[child] < dueNs[least]
          || (dueNs[child] == dueNs[least] && heap[child].sequence < heap[least].sequence)) {
        least = child;
      }
    }
    return least;
  }

  private void place(int position, Event event) {
    heap[position] = event;
    dueNs[position] = event.dueNs;
    event.position = position;
  }

  /** True if the event comes before the one at the place. No two are equal. */
  private boolean before(Event event, int place) {
    long other = dueNs[place];
    return event.dueNs < other || (event.dueNs == other && event.sequence < heap[place].sequence);
  }
}
