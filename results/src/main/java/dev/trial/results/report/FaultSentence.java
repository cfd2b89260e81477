package dev.trial.results.report;

import dev.trial.core.fault.Fault;
import dev.trial.core.history.Action;
import java.util.List;
import java.util.Locale;

/** A fault that struck, as a sentence of a story: who it was, what happened, and for how long. */
public final class FaultSentence {

  private FaultSentence() {}

  /** Without the time; it ends with a full stop. */
  public static String of(Action.Nemesis nemesis) {
    Fault fault = nemesis.fault().fault();
    String who = fault instanceof Fault.Administrative ? "An administrator" : who(nemesis);
    return who + " " + deed(fault) + length(nemesis.fault().lengthMs()) + missed(nemesis) + ".";
  }

  /** The role, and whoever had it; who was named by the schedule itself needs no second name. */
  private static String who(Action.Nemesis nemesis) {
    String role = FaultText.of(nemesis.fault().whom());
    List<String> hit = nemesis.hit();
    String named = hit.isEmpty() ? "" : " (" + String.join(", ", hit) + ")";
    boolean one = role.startsWith("leader") || role.startsWith("coordinator");
    String whole =
        (one || role.startsWith("active") ? "the " : "")
            + role
            + (role.equals(String.join(", ", hit).replace('-', ' ')) ? "" : named);
    return Character.toUpperCase(whole.charAt(0)) + whole.substring(1);
  }

  private static String deed(Fault fault) {
    return switch (fault.kind()) {
      case KILL -> "is killed";
      case STOP -> "is stopped in order";
      case PAUSE -> "is paused";
      case POWER_LOSS -> "loses power";
      case PARTITION -> "is cut off" + FaultText.of(fault).substring("partition".length());
      case HALVES -> "is in one half of a network that splits";
      case RESET -> "has its connections reset";
      case DISK_FAILURE, DISK_FULL, READ_ERROR, TORN_WRITE, BIT_FLIP, DISK_LOSS, SLOW_DISK ->
          "has a fault of its disk: " + FaultText.of(fault);
      case CLOCK_SKEW, CLOCK_JUMP, CLOCK_DRIFT -> "has a wrong clock: " + FaultText.of(fault);
      case LATENCY, FREEZE, DROP_ANSWER, DELAY_ANSWER, DELAY_REQUEST, REFUSE ->
          "is hit on the network: " + FaultText.of(fault);
      case UNCLEAN_ELECTION,
          PARTITION_INCREASE,
          RECORD_DELETION,
          TOPIC_RECREATION,
          PREFERRED_ELECTION,
          REASSIGNMENT ->
          "asks for this: " + FaultText.of(fault);
    };
  }

  private static String length(long lengthMs) {
    return lengthMs == 0 ? "" : String.format(Locale.ROOT, ", for %.1f s", lengthMs / 1e3);
  }

  private static String missed(Action.Nemesis nemesis) {
    if (nemesis.error() != null) {
      return ", which failed: " + nemesis.error();
    }
    return nemesis.hit().isEmpty() ? ", but there is nobody to hit" : "";
  }
}
