package dev.trial.results.report;

import dev.trial.core.history.Action;
import dev.trial.core.history.Delivered;
import dev.trial.core.history.PartitionId;
import dev.trial.core.verdict.Anomaly;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** An operation in a few words, with what an anomaly is about and no more. */
final class OperationText {
  private static final int MAX_RECORDS = 4;
  private static final int MAX_TEXT = 300;

  private OperationText() {}

  static String of(Action action, Anomaly about) {
    String text = describe(action, about);
    return text.length() <= MAX_TEXT ? text : text.substring(0, MAX_TEXT) + " …";
  }

  private static String describe(Action action, Anomaly about) {
    if (action instanceof Action.Send send) {
      return "value " + send.value() + ", key " + send.key() + place(send) + error(send.error());
    }
    if (action instanceof Action.Poll poll) {
      return records(poll.records(), about) + error(poll.error());
    }
    if (action instanceof Action.Process work) {
      return "value " + work.value() + " from " + work.partition() + "@" + work.offset();
    }
    if (action instanceof Action.Commit commit) {
      return mode(commit) + " " + commit.group() + " " + commit.offsets() + error(commit.error());
    }
    if (action instanceof Action.Committed committed) {
      return committed.group() + " " + committed.offsets() + error(committed.error());
    }
    if (action instanceof Action.Rebalance change) {
      return lower(change.change())
          + " "
          + change.partitions()
          + ", generation "
          + change.generation();
    }
    if (action instanceof Action.Leadership change) {
      return leadership(change);
    }
    if (action instanceof Action.ReplicaLog log) {
      return "broker "
          + log.broker()
          + (log.inSync() ? ", in sync" : ", out of sync")
          + ": "
          + log.partition()
          + " from "
          + log.logStart()
          + " to "
          + log.logEnd()
          + ", high watermark "
          + log.highWatermark()
          + ", epochs "
          + log.epochs();
    }
    if (action instanceof Action.Nemesis fault) {
      return fault(fault);
    }
    return action.toString();
  }

  private static String fault(Action.Nemesis fault) {
    String what = FaultText.of(fault.fault().fault());
    String whom = fault.hit().isEmpty() ? "nobody" : String.join(", ", fault.hit());
    return switch (fault.edge()) {
      case BEGIN -> what + ": hits " + whom + error(fault.error());
      case END -> what + ": over for " + whom + error(fault.error());
    };
  }

  private static String place(Action.Send send) {
    if (send.offset() >= 0) {
      return " → " + send.partitionId() + "@" + send.offset();
    }
    return " to " + send.topic() + (send.partition() < 0 ? "" : "-" + send.partition());
  }

  private static String leadership(Action.Leadership change) {
    return change.partition()
        + (change.leader() < 0 ? ": no leader" : ": broker " + change.leader() + " leads")
        + ", epoch "
        + change.leaderEpoch()
        + ", in sync "
        + change.inSyncReplicas()
        + ", "
        + lower(change.election());
  }

  private static String records(List<Delivered> records, Anomaly about) {
    List<String> shown = new ArrayList<>();
    for (Delivered record : records) {
      if (shown.size() < MAX_RECORDS && concerns(record, about)) {
        shown.add(
            "value "
                + record.value()
                + " at "
                + record.partition()
                + "@"
                + record.offset()
                + (record.defect() == null ? "" : " (" + record.defect() + ")"));
      }
    }
    String count = records.size() + (records.size() == 1 ? " record" : " records");
    return shown.isEmpty()
        ? count + span(records)
        : count + ", among them " + String.join("; ", shown);
  }

  private static boolean concerns(Delivered record, Anomaly about) {
    PartitionId partition = about.partition();
    return about.values().contains(record.value())
        || (about.offsets().contains(record.offset())
            && (partition == null || partition.equals(record.partition())));
  }

  private static String span(List<Delivered> records) {
    if (records.isEmpty()) {
      return "";
    }
    Delivered first = records.get(0);
    Delivered last = records.get(records.size() - 1);
    return ", "
        + first.partition()
        + "@"
        + first.offset()
        + " to "
        + last.partition()
        + "@"
        + last.offset();
  }

  private static String mode(Action.Commit commit) {
    return lower(commit.mode());
  }

  private static String lower(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  private static String error(String error) {
    return error == null ? "" : " — " + error;
  }
}
