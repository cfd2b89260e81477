package dev.trial.core.history;

import dev.trial.core.history.Action.Producing;
import dev.trial.core.history.Action.Send;
import java.util.List;

/**
 * Holds each completion to the invocation that it names. Checkers take what the two say as one
 * operation: of another's answer they would prove what nobody did.
 */
final class Answers {
  private Answers() {}

  /**
   * What is wrong with an operation, in words; null if nothing is.
   *
   * @param before all operations before it
   */
  static String refusal(Operation each, List<Operation> before) {
    if (each.invocation() != Operation.NO_INVOCATION) {
      return unasked(each, before.get((int) each.invocation()));
    }
    boolean told = each.stage() != Stage.INVOKE;
    return told && asked(each.action())
        ? "operation " + each.index() + " has no \"of\", the " + name(each) + " that it answers"
        : null;
  }

  /** A client's own commits and polls may be told without their invocation; these are not. */
  private static boolean asked(Action action) {
    return action instanceof Send || action instanceof Producing;
  }

  private static String unasked(Operation each, Operation asked) {
    if (each.stage() == Stage.INVOKE) {
      return "operation " + each.index() + " is an invocation, which answers nothing";
    }
    if (asked.stage() != Stage.INVOKE || asked.process() != each.process() || !same(asked, each)) {
      return "operation "
          + each.index()
          + " answers "
          + asked.index()
          + ", which is no invocation of "
          + name(each)
          + " by process "
          + each.process();
    }
    return asked.timeNs() > each.timeNs()
        ? "operation " + each.index() + " answers " + asked.index() + ", which is later"
        : null;
  }

  private static boolean same(Operation asked, Operation each) {
    return asked.action().getClass() == each.action().getClass() && name(asked).equals(name(each));
  }

  private static String name(Operation each) {
    return each.action().name();
  }
}
