package dev.trial.checkers.evidence;

import it.unimi.dsi.fastutil.longs.Long2ObjectOpenHashMap;
import java.util.Arrays;

/**
 * Sends by a number. Values and indexes are counted up from a small start, so most are found in an
 * array; what lies too far out for that is hashed.
 */
final class SendTable {
  private static final int SLACK = 1 << 16;

  private SendFact[] near = new SendFact[1 << 8];
  private int met;
  private final Long2ObjectOpenHashMap<SendFact> far = new Long2ObjectOpenHashMap<>();

  /** Null if there is none. */
  SendFact get(long number) {
    if (number >= 0 && number < near.length && near[(int) number] != null) {
      return near[(int) number];
    }
    return far.isEmpty() ? null : far.get(number);
  }

  /** Adds a send unless there is one of that number; returns that one, or null. */
  SendFact putIfAbsent(long number, SendFact send) {
    SendFact known = get(number);
    if (known != null) {
      return known;
    }
    met++;
    // The array never grows by more than what was met so far justifies.
    if (number < 0 || number >= Math.max(near.length, 8L * met + SLACK)) {
      far.put(number, send);
      return null;
    }
    if (number >= near.length) {
      near = Arrays.copyOf(near, (int) Math.max(number + 1, near.length * 2L));
    }
    near[(int) number] = send;
    return null;
  }
}
