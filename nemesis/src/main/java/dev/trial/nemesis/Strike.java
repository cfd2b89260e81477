package dev.trial.nemesis;

import java.util.List;

/**
 * What one fault is about to do: whom it will really hit, why it spares others (null if it spares
 * nobody), how to do it and how to undo it. Deciding comes before doing, so that the history names
 * the victims before the effects.
 */
record Strike(List<String> hit, String error, Runnable apply, Runnable undo) {
  private static final Runnable NOTHING = () -> {};

  static Strike none(String error) {
    return new Strike(List.of(), error, NOTHING, NOTHING);
  }

  /** A strike that is over at once. */
  static Strike once(List<String> hit, Runnable apply) {
    return new Strike(hit, null, apply, NOTHING);
  }
}
