package dev.trial.checkers;

import dev.trial.core.history.Action;
import dev.trial.core.history.History;
import dev.trial.core.history.Operation;
import java.util.ArrayList;
import java.util.List;

/** Histories that lack a few invocations: what was sent then is a phantom to whoever reads it. */
final class Gone {
  private static final int EVERY = 400;

  private Gone() {}

  static History withoutSomeSends(History history) {
    List<Operation> left = new ArrayList<>(history.operations());
    for (int i = EVERY; i < left.size(); i += EVERY) {
      int at = nextSend(left, i);
      Operation old = left.get(at);
      left.set(
          at,
          new Operation(
              old.index(),
              old.timeNs(),
              old.process(),
              old.stage(),
              old.invocation(),
              new Action.Note("gone")));
    }
    return new History(left);
  }

  private static int nextSend(List<Operation> operations, int from) {
    int at = from;
    while (at > 0 && !(operations.get(at).action() instanceof Action.Send)) {
      at--;
    }
    return at;
  }
}
