package dev.trial.checkers;

import dev.trial.checkers.evidence.LogView;
import dev.trial.checkers.evidence.Losses.Loss;
import dev.trial.core.history.Delivered;

/** How findings are worded. */
final class Sentences {

  private Sentences() {}

  static String value(long value, String key) {
    if (value == Delivered.NO_VALUE) {
      return "a record without a value id";
    }
    return key == null ? "value " + value : "value " + value + " (key " + key + ")";
  }

  static String capital(String sentence) {
    return Character.toUpperCase(sentence.charAt(0)) + sentence.substring(1);
  }

  static String at(LogView log, long offset) {
    return log.id() + "@" + offset;
  }

  /** Why something is gone, to follow a colon or a comma. */
  static String why(Loss loss) {
    String election =
        loss.election() == null ? "" : " elected for epoch " + loss.election().epoch();
    String end = loss.logEnd() == LogView.NONE ? "" : " had a log that ended at " + loss.logEnd();
    return switch (loss.cause()) {
      case TRUNCATED_BY_CLEAN_ELECTION -> "the replica" + election + end + ": it was truncated";
      case ELIGIBLE_LEADER_ELECTION ->
          "the eligible replica"
              + election
              + end
              + ", where the committed part did: it was truncated";
      case UNCLEAN_ELECTION -> "the out-of-sync replica" + election + end + ": it was truncated";
      case POWER_LOSS -> "the replicas that held it lost power before it was flushed";
      case IN_SYNC_SET_OF_ONE ->
          "the leader was the only in-sync replica, and the one" + election + " did not have it";
      case BIT_FLIPPED ->
          "a bit was flipped on the disk of a replica, which has a hole there, where another has a"
              + " record";
      case NOT_ACKNOWLEDGED -> "with acks=0 no broker ever confirmed it";
      case UNTOLD -> "the history lacks what would tell why";
      default -> "nothing in the history explains it";
    };
  }

  static String epoch(Loss loss) {
    return loss.epoch() < 0 ? "" : " by leader epoch " + loss.epoch();
  }
}
