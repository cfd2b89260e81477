package dev.trial.broker.log;

/** Arithmetic of sequence numbers: 0 follows the largest int (KIP-98). */
final class Sequences {

  private Sequences() {}

  static int add(int sequence, int increment) {
    return (int) ((sequence + (long) increment) & Integer.MAX_VALUE);
  }

  static int subtract(int sequence, int decrement) {
    return (int) ((sequence - (long) decrement) & Integer.MAX_VALUE);
  }

  static boolean follows(int last, int next) {
    return next == last + 1L || (next == 0 && last == Integer.MAX_VALUE);
  }
}
