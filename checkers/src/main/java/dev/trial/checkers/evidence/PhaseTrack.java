package dev.trial.checkers.evidence;

import dev.trial.core.history.Action.Phase;
import java.util.Locale;

/** Which phases a run went through, as its history tells: each once, in their order. */
final class PhaseTrack {
  private Phase.Name last;
  private String wrong;

  void enter(Phase.Name next) {
    int due = last == null ? 0 : last.ordinal() + 1;
    if (wrong == null && next.ordinal() != due) {
      wrong =
          next.ordinal() < due
              ? "the history enters phase " + id(next) + " after phase " + id(last)
              : "the history leaves out phase " + id(Phase.Name.values()[due]);
    }
    last = next;
  }

  /** Why this is not a whole run, in words; null if it is. */
  String lack() {
    if (last == null) {
      return "the history tells of no phase of a run";
    }
    return last == Phase.Name.DONE ? wrong : "the history stops in phase " + id(last);
  }

  private static String id(Phase.Name phase) {
    return phase.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
