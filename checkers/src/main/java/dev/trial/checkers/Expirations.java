package dev.trial.checkers;

import dev.trial.checkers.evidence.Evidence;
import dev.trial.checkers.evidence.SendFact;
import it.unimi.dsi.fastutil.longs.Long2ObjectOpenHashMap;
import it.unimi.dsi.fastutil.longs.LongArrayList;
import it.unimi.dsi.fastutil.longs.LongArrays;

/**
 * When each producer gave sends to a partition up for lack of time. An idempotent producer goes on
 * with a raised epoch then, and numbers what it has in flight anew: a broker that has some of it
 * already can't tell (KIP-360; {@code TransactionManager.bumpIdempotentProducerEpoch} in
 * kafka-clients 4.3.1).
 */
final class Expirations {
  private static final String TIMEOUT = "TimeoutException";

  private final Evidence evidence;
  private Long2ObjectOpenHashMap<LongArrayList> timesNs;

  /** Gathers nothing yet: few histories need it. */
  Expirations(Evidence evidence) {
    this.evidence = evidence;
  }

  private void gather() {
    timesNs = new Long2ObjectOpenHashMap<>();
    for (SendFact send : evidence.sends()) {
      boolean expired = send.error() != null && send.error().startsWith(TIMEOUT);
      if (expired && send.partition() >= 0) {
        timesNs.computeIfAbsent(place(send), none -> new LongArrayList()).add(send.completedNs());
      }
    }
    timesNs.values().forEach(times -> LongArrays.quickSort(times.elements(), 0, times.size()));
  }

  /** True if its producer gave up a send, maybe this one, while this one was on its way. */
  boolean during(SendFact send) {
    if (timesNs == null) {
      gather();
    }
    LongArrayList times = timesNs.get(place(send));
    if (times == null) {
      return false;
    }
    int at = LongArrays.binarySearch(times.elements(), 0, times.size(), send.invokedNs());
    int next = at < 0 ? -at - 1 : at;
    return next < times.size()
        && (send.completed() < 0 || times.getLong(next) <= send.completedNs());
  }

  private static long place(SendFact send) {
    return (long) send.process() << Integer.SIZE | send.partition();
  }
}
