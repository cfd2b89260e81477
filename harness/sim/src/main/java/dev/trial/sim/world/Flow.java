package dev.trial.sim.world;

import java.util.Arrays;

/**
 * One direction of a connection: segments under way, in order. It is its own event, due when the
 * first segment arrives; a cut link, a paused receiver or a freeze keep segments where they are.
 */
final class Flow extends Event {
  static final byte[] SYN = new byte[0];
  static final byte[] SYN_ACK = new byte[0];
  static final byte[] ACCEPT = new byte[0];
  static final byte[] FIN = new byte[0];
  static final byte[] RST = new byte[0];

  /** What stands between the wire and the receiving end. */
  interface Gate {
    void arrived(byte[] segment);
  }

  final Link link;
  final Endpoint from;
  final Endpoint to;
  private final SimNetwork network;
  private final int connection;
  private final boolean forward;

  private byte[][] segments = new byte[4][];
  private long[] arrivals = new long[4];
  private int head;
  private int count;
  private long lastArrivalNs;
  private long heldUntilNs;
  private int unacknowledged;
  private boolean frontAcknowledged;

  /** Looks into the frames of a client connection; null elsewhere. */
  Gate gate;

  Flow(SimNetwork network, Link link, Endpoint from, Endpoint to, int connection, boolean forward) {
    this.network = network;
    this.link = link;
    this.from = from;
    this.to = to;
    this.connection = connection;
    this.forward = forward;
  }

  /** Sends a segment on its way. */
  void push(byte[] segment) {
    if (count == segments.length) {
      grow();
    }
    long leavesNs = Math.max(network.nowNs(), from.party.heldUntilNs());
    lastArrivalNs = Math.max(lastArrivalNs, leavesNs + link.drawLatencyNs());
    int slot = (head + count) & (segments.length - 1);
    segments[slot] = segment;
    arrivals[slot] = lastArrivalNs;
    count++;
    schedule();
  }

  /** Puts a segment that arrived back in front, to be looked at again. */
  void pushBack(byte[] segment) {
    frontAcknowledged = segment.length > 0;
    if (count == segments.length) {
      grow();
    }
    head = (head - 1) & (segments.length - 1);
    segments[head] = segment;
    arrivals[head] = network.nowNs();
    count++;
  }

  /** Keeps everything that has not arrived yet for a while. */
  void hold(long untilNs) {
    heldUntilNs = Math.max(heldUntilNs, untilNs);
  }

  /** Loses everything under way. */
  void clear() {
    Arrays.fill(segments, null);
    count = 0;
    lastArrivalNs = 0;
    heldUntilNs = 0;
    frontAcknowledged = false;
    network.cancel(this);
  }

  /** The way may be free again: lost segments are sent again, which takes a trip. */
  void retransmit() {
    if (count > 0 && arrivals[head] <= network.nowNs()) {
      arrivals[head] = network.nowNs() + link.drawLatencyNs();
      lastArrivalNs = Math.max(lastArrivalNs, arrivals[head]);
    }
    schedule();
    if (unacknowledged > 0 && !link.cut()) {
      int owed = unacknowledged;
      unacknowledged = 0;
      to.acknowledged(owed);
    }
  }

  /** Makes the next arrival an event, unless something blocks it. */
  void schedule() {
    if (count > 0 && !queued() && !blocked()) {
      network.at(Math.max(arrivals[head], heldUntilNs), this);
    }
  }

  private boolean blocked() {
    if (link.cut() || !to.party.powered()) {
      return true;
    }
    byte[] first = segments[head];
    if (first == SYN || first == SYN_ACK && !to.party.paused()) {
      return false;
    }
    return to.party.paused() || (forward && link.frozen() && first != ACCEPT);
  }

  @Override
  void fire() {
    if (blocked() || heldUntilNs > network.nowNs()) {
      schedule();
      return;
    }
    byte[] segment = segments[head];
    segments[head] = null;
    head = (head + 1) & (segments.length - 1);
    count--;
    arrive(segment);
    schedule();
    network.afterDelivery(to.party);
  }

  private void arrive(byte[] segment) {
    if (segment.length > 0) {
      arriveBytes(segment);
    } else if (segment == SYN) {
      to.requested();
    } else if (segment == ACCEPT) {
      to.accepted();
    } else if (segment == SYN_ACK) {
      to.established();
    } else if (!to.closed()) {
      boolean told = to.state != Endpoint.State.LOST;
      to.forget();
      if (told) {
        to.broken();
      }
    }
  }

  private void arriveBytes(byte[] segment) {
    if (frontAcknowledged) {
      frontAcknowledged = false;
    } else {
      acknowledge(segment.length);
    }
    if (to.state == Endpoint.State.LOST) {
      to.forget();
      network.reset(to.out);
    } else if (gate != null) {
      gate.arrived(segment);
    } else {
      deliver(segment);
    }
  }

  /** Hands bytes to the receiving end. */
  void deliver(byte[] bytes) {
    if (bytes.length > 0 && !to.closed()) {
      network.traceBytes(this, bytes);
      to.received(bytes);
    }
  }

  /** Acknowledgements travel the other way: a cut there keeps the sender's buffer full. */
  private void acknowledge(int bytes) {
    if (to.out.link.cut()) {
      to.out.unacknowledged += bytes;
    } else {
      from.acknowledged(bytes);
    }
  }

  private void grow() {
    int capacity = segments.length;
    byte[][] moreSegments = new byte[capacity * 2][];
    long[] moreArrivals = new long[capacity * 2];
    for (int i = 0; i < count; i++) {
      int slot = (head + i) & (capacity - 1);
      moreSegments[i] = segments[slot];
      moreArrivals[i] = arrivals[slot];
    }
    segments = moreSegments;
    arrivals = moreArrivals;
    head = 0;
  }

  int connection() {
    return connection;
  }

  boolean forward() {
    return forward;
  }

  @Override
  TraceKind kind() {
    return TraceKind.SEGMENT;
  }

  @Override
  int party() {
    return to.party.index();
  }

  @Override
  public String toString() {
    return "segment on connection "
        + connection
        + ", "
        + from.party.name()
        + " to "
        + to.party.name();
  }
}
