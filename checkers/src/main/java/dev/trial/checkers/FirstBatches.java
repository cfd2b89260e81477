package dev.trial.checkers;

import dev.trial.checkers.evidence.Election;
import dev.trial.checkers.evidence.Evidence;
import dev.trial.checkers.evidence.LogView;
import dev.trial.checkers.evidence.SendFact;
import it.unimi.dsi.fastutil.longs.Long2ObjectOpenHashMap;

/**
 * The first send of each producer to a partition that is in its log. A leader that knows nothing of
 * a producer takes a batch with any sequence ({@code ProducerAppendInfo.checkSequence} in Kafka
 * 4.3.1). So when the leader changes while the first batch is on its way to the one before, a later
 * batch may be the first that the next leader gets; the first one is a gap to it then, and the
 * producer raises its epoch and sends what it has in flight again.
 */
final class FirstBatches {
  private final Evidence evidence;
  private Long2ObjectOpenHashMap<SendFact> firsts;

  /** Gathers nothing yet: few histories need it. */
  FirstBatches(Evidence evidence) {
    this.evidence = evidence;
  }

  private void gather() {
    firsts = new Long2ObjectOpenHashMap<>();
    for (SendFact send : evidence.sends()) {
      if (send.partition() >= 0 && evidence.log(send.partition()).contains(send.value())) {
        firsts.merge(place(send), send, FirstBatches::earlier);
      }
    }
  }

  private static SendFact earlier(SendFact one, SendFact other) {
    return one.invoked() <= other.invoked() ? one : other;
  }

  /** True if the value lies before its producer's first one as well as behind it. */
  boolean overtaken(LogView log, SendFact send, long before, long behind) {
    if (send.transaction() != SendFact.Transaction.NONE) {
      return false; // a leader asks for 0 then (KIP-890)
    }
    if (firsts == null) {
      gather();
    }
    SendFact first = firsts.get(place(send));
    if (first == null || first.invoked() >= send.invoked()) {
      return false;
    }
    long offset = log.offsetOf(first.value());
    return before < offset && offset < behind && leaderChanged(log, first);
  }

  private static boolean leaderChanged(LogView log, SendFact send) {
    long over = send.completed() < 0 ? Long.MAX_VALUE : send.completed();
    for (Election each : log.leaderships()) {
      if (each.elects() && each.index() > send.invoked() && each.index() < over) {
        return true;
      }
    }
    return false;
  }

  private static long place(SendFact send) {
    return (long) send.process() << Integer.SIZE | send.partition();
  }
}
