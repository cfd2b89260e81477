package dev.trial.results.report;

import dev.trial.core.verdict.AnomalyKind;
import java.util.Arrays;
import java.util.Map;

/**
 * Statistics in words. A key is a name, or a name, a dot and what it is about: a group, a
 * partition, a kind of fault or of anomaly.
 */
public final class StatisticText {
  private static final Map<String, String> WORDS =
      Map.ofEntries(
          Map.entry("acknowledged", "sends that were acknowledged"),
          Map.entry("acknowledged-during-faults", "sends acknowledged while a fault was active"),
          Map.entry("after-liveness.ok", "partitions without lag once all was healed, in group %s"),
          Map.entry("after-load.ok", "partitions without lag when the load ended, in group %s"),
          Map.entry(
              "after-load.warning", "partitions that were behind when the load ended, in group %s"),
          Map.entry("allowed", "anomalies that are allowed here: %s"),
          Map.entry("commits", "commits of offsets that ended as %s"),
          Map.entry("commits-back-after-seek", "commits that went back because somebody sought"),
          Map.entry("commits-nobody-saw", "committed offsets that no known commit explains yet"),
          Map.entry("committed-offsets-told", "answers to the question what is committed"),
          Map.entry("compacted-away", "records that compaction removed"),
          Map.entry(
              "coordinator-changes-inside-transactions",
              "transactions during which their coordinator changed"),
          Map.entry("cyclic-versions", "keys whose versions have no order"),
          Map.entry(
              "deleted-before-anybody-read-it", "records deleted before a consumer got to them"),
          Map.entry("deleted-by-retention", "records that retention or an administrator deleted"),
          Map.entry("duplicates", "records worked on more than once in group %s"),
          Map.entry("fate-not-known", "sends of which the final log cannot say what became"),
          Map.entry("faults", "faults that were injected"),
          Map.entry("faults-never-recovered", "faults after which nothing was acknowledged"),
          Map.entry("gone-with-the-topic", "sends whose topic was deleted later"),
          Map.entry("in-sync-replicas-compared", "copies of partitions compared with each other"),
          Map.entry("key-reorders", "keys worked on out of order in group %s"),
          Map.entry("keys-kept", "keys whose newest record is in the compacted log"),
          Map.entry("keys-not-judged", "keys whose newest record cannot be known"),
          Map.entry("keys-placed", "keys whose partition was seen"),
          Map.entry("keys-without-record", "keys of which no record is known to be stored"),
          Map.entry("leader-change-sends-max", "most sends around a single change of leader"),
          Map.entry("leader-changes", "changes of a partition's leader"),
          Map.entry(
              "leader-changes-inside-transactions",
              "transactions during which a leader of their partitions changed"),
          Map.entry("leader-changes-under-load", "changes of leader while clients were sending"),
          Map.entry("lookups", "offsets asked for by time"),
          Map.entry("lost", "records never worked on in group %s"),
          Map.entry("markers", "transaction markers in %s"),
          Map.entry("not-judged", "seen, but not held against this run: %s"),
          Map.entry("not-placed", "acknowledged sends that are not where they were said to be"),
          Map.entry("offset-gaps-without-records", "gaps in a log where no record had been"),
          Map.entry("outage-max-ms", "longest time in which a partition acknowledged nothing, ms"),
          Map.entry("outages", "times in which a partition acknowledged nothing"),
          Map.entry("outputs", "records that were written from other records"),
          Map.entry("partitions-moved", "times that a partition changed its owner in group %s"),
          Map.entry(
              "partitions-moved-from-the-living",
              "of those, moves away from a member that was alive, in group %s"),
          Map.entry("partitions-not-drained", "partitions not read to their end in time"),
          Map.entry("partitions-not-judged", "partitions that could not be judged"),
          Map.entry("placed", "acknowledged sends found where they were said to be"),
          Map.entry("polls-during-faults", "polls that returned records while a fault was active"),
          Map.entry("processed", "records worked on in group %s"),
          Map.entry("rebalances", "rebalances of group %s"),
          Map.entry("records-delivered", "records that consumers were given"),
          Map.entry("records-kept", "records left in %s"),
          Map.entry(
              "recovery-max-ms", "longest wait for an acknowledgement after a fault began, ms: %s"),
          Map.entry("replicas-out-of-sync", "replicas that were out of sync in the end"),
          Map.entry("seen-with-both-protocols", "members seen with both protocols in group %s"),
          Map.entry("send-latency-max-ms", "slowest acknowledged send, ms"),
          Map.entry("sends", "records handed to producers"),
          Map.entry("sends-cut-off", "sends whose process ended before an answer"),
          Map.entry("skipped", "records skipped by group %s"),
          Map.entry("static-members-back-in-time", "static members that came back in time"),
          Map.entry("static-members-back-too-late", "static members that came back too late"),
          Map.entry(
              "static-members-gone-in-a-rebalance",
              "static members that were away during a rebalance"),
          Map.entry("timestamps-known", "records of %s whose timestamps are known"),
          Map.entry("tombstones-gone", "tombstones that compaction removed"),
          Map.entry("topics-made-again", "topics that were deleted and created again"),
          Map.entry(
              "truncations-followed-by-a-reset", "truncations after which a position was reset"),
          Map.entry(
              "truncations-told-to-the-application",
              "truncations that a consumer told its application"),
          Map.entry("type-changes", "changes of type of group %s"),
          Map.entry("unowned-max-ms", "longest time without an owner, ms, in group %s"),
          Map.entry("unowned-ms", "time without an owner, all partitions together, ms, group %s"),
          Map.entry("zombie-overlap-max-ms", "longest time a zombie worked beside its heir, ms"),
          Map.entry("zombie-overlaps", "times that a zombie worked beside its heir"));

  private StatisticText() {}

  /** What a key means; null for one that has no words here. */
  public static String of(String key) {
    if (Arrays.stream(AnomalyKind.values()).anyMatch(kind -> kind.id().equals(key))) {
      return "anomalies of this kind";
    }
    int dot = key.length();
    while (dot > 0) {
      String words = WORDS.get(key.substring(0, dot));
      if (words != null) {
        return dot == key.length() ? words : about(words, key.substring(dot + 1));
      }
      dot = key.lastIndexOf('.', dot - 1);
    }
    return null;
  }

  private static String about(String words, String what) {
    return words.contains("%s") ? words.replace("%s", what) : words + ": " + what;
  }
}
