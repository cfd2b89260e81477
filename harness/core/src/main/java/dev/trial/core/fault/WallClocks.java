package dev.trial.core.fault;

import java.util.Collection;

/**
 * Faults on wall clocks. A party is a machine's name or a client process's name; its clock stays as
 * it is when the process starts again. What a party measures spans of time with is not touched.
 * Each fault has an id under which it is healed; several on one clock add up.
 */
public interface WallClocks {

  /** The clocks are off by so much, from now on. */
  void shift(String id, Collection<String> parties, long offsetMs);

  /** From now on the clocks gain so many microseconds a second; negative: lose. */
  void drift(String id, Collection<String> parties, long ppm);

  /** The clocks are again what they would be without the fault of that id. */
  void heal(String id);

  /** Every clock is right again. */
  void healAll();
}
