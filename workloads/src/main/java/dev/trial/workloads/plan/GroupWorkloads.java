package dev.trial.workloads.plan;

import static dev.trial.workloads.plan.Draft.TOPIC;

import dev.trial.core.run.Workload;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Workloads about consumer groups: who reads what, and when it is committed. */
final class GroupWorkloads {
  private static final String GROUP = "billing";

  /** Members take seconds to join; each protocol is to be in use for a while. */
  private static final long SWITCH_MS_MIN = 45_000;

  private GroupWorkloads() {}

  static List<Workload> all() {
    List<Workload> all = new ArrayList<>(byCommit());
    all.addAll(byMembership());
    return all;
  }

  private static List<Workload> byCommit() {
    return List.of(
        group("group-auto-commit", "the client commits; work is done in the poll loop", "auto"),
        group(
            "group-auto-commit-async",
            "the client commits; work is handed to another thread that is slower",
            "auto-async",
            "process-ms",
            40,
            "close-ms",
            30_000),
        group("group-sync-batch", "commitSync after each batch", "sync-batch", "process-ms", 5),
        group("group-sync-record", "commitSync after each record", "sync-record"),
        group(
            "group-read-ahead",
            "reads close behind the producers; told of a truncation, goes back to where logs part",
            "sync-batch",
            "on-reset",
            "diverging"),
        group("group-async", "commitAsync after each batch, commitSync before closing", "async"),
        group(
            "group-async-retry",
            "commitAsync after each batch, and again from the callback of one that failed",
            "async-retry"),
        group(
            "group-worker-pool",
            "the client commits; work is handed to four threads, of which one is slow",
            "auto-async",
            "workers",
            4,
            "process-ms",
            60,
            "first-worker-ms",
            300,
            "close-ms",
            30_000),
        group(
            "group-worker-pool-tracked",
            "four threads, of which one is slow; the lowest unfinished offset is committed",
            "tracked",
            "workers",
            4,
            "process-ms",
            60,
            "first-worker-ms",
            300,
            "commit-ms",
            500,
            "close-ms",
            30_000),
        group(
            "group-slow-handler",
            "commitSync after each batch; now and then a record takes longer than any poll may"
                + " wait",
            "sync-batch",
            "process-ms",
            5,
            "stall-every",
            300,
            "stall-ms",
            6_000),
        group(
            "group-shared-consumer",
            "commitSync after each batch, while another thread tries to use the same consumer",
            "sync-batch",
            "intruder",
            true),
        group(
            "group-commit-first",
            "commitSync before the batch is worked on",
            "before-processing",
            "process-ms",
            25,
            "pause-ms",
            100),
        group(
            "group-reopen",
            "commits the next offset after each batch; closes and opens again several times",
            "sync-batch",
            "reopen-after",
            200,
            "reopens",
            4),
        group(
            "group-off-by-one",
            "commits the last record's own offset; closes and opens again several times",
            "off-by-one",
            "reopen-after",
            200,
            "reopens",
            4));
  }

  private static List<Workload> byMembership() {
    return List.of(
        new NamedWorkload(
            "group-rebalance",
            "members come and go; commits every few seconds and not when partitions are revoked",
            draft -> comeAndGo(draft, false)),
        new NamedWorkload(
            "group-rebalance-commit-on-revoke",
            "members come and go; commits every few seconds and when partitions are revoked",
            draft -> comeAndGo(draft, true)),
        new NamedWorkload(
            "group-clean-close",
            "members leave by wakeup() and close() and come back",
            GroupWorkloads::cleanClose),
        new NamedWorkload(
            "group-static",
            "three members with a group.instance.id of their own",
            GroupWorkloads::staticMembers),
        new NamedWorkload(
            "group-static-twins",
            "a second process takes the group.instance.id of one that lives",
            GroupWorkloads::staticTwins),
        new NamedWorkload(
            "fetch-settings",
            "groups that fetch record by record, in large batches, and by bytes",
            GroupWorkloads::fetchSettings),
        new NamedWorkload(
            "group-shared-instance",
            "two processes take turns under one group.instance.id, and meet; a third has none",
            GroupWorkloads::sharedInstance),
        new NamedWorkload(
            "groups-independent",
            "three groups of different commit strategies read the same topic",
            GroupWorkloads::independent),
        new NamedWorkload(
            "standalone-assign",
            "assign() and exact seeks beside a group whose members come and go",
            GroupWorkloads::standaloneAssign),
        new NamedWorkload(
            "group-offset-reset",
            "new groups join late with auto.offset.reset earliest, latest and none",
            GroupWorkloads::offsetReset),
        new NamedWorkload(
            "group-late",
            "a new group joins late, with the profile's auto.offset.reset",
            GroupWorkloads::late),
        new NamedWorkload(
            "group-protocol-switch",
            "members restart one after the other with group.protocol=consumer, and later back",
            SWITCH_MS_MIN,
            GroupWorkloads::protocolSwitch),
        new NamedWorkload(
            "group-pattern",
            "a group subscribed by a pattern that both topics match",
            GroupWorkloads::pattern));
  }

  /** Three partitions, two producers, and a group of two members with that commit strategy. */
  private static Workload group(String id, String summary, String commit, Object... parameters) {
    Object[] all = new Object[parameters.length + 2];
    all[0] = "commit";
    all[1] = commit;
    System.arraycopy(parameters, 0, all, 2, parameters.length);
    return new NamedWorkload(
        id,
        summary,
        written(draft -> draft.judged(GROUP).members(GROUP, draft.count("consumers", 2), all)));
  }

  private static Consumer<Draft> written(Consumer<Draft> readers) {
    return draft -> {
      write(draft);
      readers.accept(draft);
    };
  }

  private static void write(Draft draft) {
    draft.topic(TOPIC, draft.count("topic-partitions", 3));
    draft.bursty(draft.count("producers", 2));
  }

  /** One member stays; the others come late, leave in order and come back, each at its own pace. */
  private static void comeAndGo(Draft draft, boolean commitOnRevoke) {
    write(draft);
    Object[] stays = {
      "commit",
      "sync-interval",
      "commit-ms",
      5_000,
      "commit-on-revoke",
      commitOnRevoke,
      "final-commit",
      commitOnRevoke
    };
    draft.judged(GROUP).member(GROUP + "-1", GROUP, 0, Map.of(), stays);
    draft.member(
        GROUP + "-2", GROUP, 4_000, Map.of(), and(stays, "alive-ms", 9_000, "away-ms", 5_000));
    draft.member(
        GROUP + "-3", GROUP, 11_000, Map.of(), and(stays, "alive-ms", 13_000, "away-ms", 3_000));
  }

  private static void cleanClose(Draft draft) {
    write(draft);
    Object[] leaves = {"commit", "sync-batch", "wakeup", true, "poll-ms", 5_000};
    draft.judged(GROUP).member(GROUP + "-1", GROUP, 0, Map.of(), leaves);
    draft.member(
        GROUP + "-2", GROUP, 0, Map.of(), and(leaves, "alive-ms", 10_000, "away-ms", 4_000));
    draft.member(
        GROUP + "-3", GROUP, 0, Map.of(), and(leaves, "alive-ms", 17_000, "away-ms", 4_000));
  }

  /** Each stays longer than the other is away, so that both are there at times. */
  private static void sharedInstance(Draft draft) {
    write(draft);
    Map<String, String> instance = Map.of("group.instance.id", "till-1");
    Object[] turns = {"commit", "sync-batch", "leave-on-error", true};
    draft
        .judged(GROUP)
        .member(GROUP + "-1", GROUP, 0, instance, and(turns, "alive-ms", 9_000, "away-ms", 2_500));
    draft.member(
        GROUP + "-2", GROUP, 4_000, instance, and(turns, "alive-ms", 7_000, "away-ms", 1_500));
    draft.member(GROUP + "-3", GROUP, 0, Map.of(), "commit", "sync-batch");
  }

  private static void independent(Draft draft) {
    write(draft);
    draft.judged("billing").members("billing", 1, "commit", "sync-batch");
    draft.judged("shipping").members("shipping", 2, "commit", "async");
    draft.judged("audit").members("audit", 1, "commit", "auto");
  }

  private static void staticMembers(Draft draft) {
    write(draft);
    draft.judged(GROUP);
    for (int i = 1; i <= 3; i++) {
      String name = GROUP + "-" + i;
      draft.member(name, GROUP, 0, Map.of("group.instance.id", name), "commit", "sync-batch");
    }
  }

  private static void staticTwins(Draft draft) {
    write(draft);
    Map<String, String> same = Map.of("group.instance.id", "one");
    draft.judged(GROUP).member(GROUP + "-1", GROUP, 0, Map.of(), "commit", "sync-batch");
    draft.member(GROUP + "-2", GROUP, 0, same, "commit", "sync-batch");
    draft.member(GROUP + "-3", GROUP, 15_000, same, "commit", "sync-batch");
  }

  private static void fetchSettings(Draft draft) {
    write(draft);
    draft.judged("one-by-one").judged("large").judged("by-bytes");
    fetching(draft, "one-by-one", Map.of("max.poll.records", "1"));
    fetching(draft, "large", Map.of("fetch.min.bytes", "100000", "fetch.max.wait.ms", "1500"));
    fetching(
        draft, "by-bytes", Map.of("max.partition.fetch.bytes", "300", "fetch.max.bytes", "500"));
  }

  private static void fetching(Draft draft, String group, Map<String, String> settings) {
    draft.member(group + "-1", group, 0, settings, "commit", "async");
  }

  private static void standaloneAssign(Draft draft) {
    write(draft);
    draft.judged(GROUP).member(GROUP + "-1", GROUP, 0, Map.of(), "commit", "sync-batch");
    draft.member(
        GROUP + "-2",
        GROUP,
        3_000,
        Map.of(),
        "commit",
        "sync-batch",
        "alive-ms",
        8_000,
        "away-ms",
        4_000);
    draft.standalone(1);
    draft.standalone("seeker", "seek-every", 20);
  }

  /** Each group is new when it starts, with records already in the log. */
  private static void offsetReset(Draft draft) {
    write(draft);
    Object[] asks = {"commit", "sync-batch", "ends", true};
    draft
        .judged("from-earliest")
        .member("from-earliest-1", "from-earliest", 10_000, reset("earliest"), asks);
    draft
        .judged("from-latest")
        .member("from-latest-1", "from-latest", 15_000, reset("latest"), asks);
    draft
        .judged("from-none")
        .member("from-none-1", "from-none", 20_000, reset("none"), and(asks, "on-reset", "begin"));
  }

  private static void late(Draft draft) {
    write(draft);
    draft.judged("late").member("late-1", "late", 20_000, Map.of(), "commit", "sync-batch");
  }

  /** A third of the load in each protocol, and a while in which members use different ones. */
  private static void protocolSwitch(Draft draft) {
    write(draft);
    draft.judged(GROUP);
    for (int i = 0; i < 3; i++) {
      draft.member(
          GROUP + "-" + (i + 1),
          GROUP,
          0,
          Map.of(),
          "commit",
          "sync-batch",
          "process-ms",
          5,
          "protocols",
          "classic,consumer,classic",
          "switch-at-ms",
          draft.atPercent(20 + 7 * i) + "," + draft.atPercent(56 + 7 * i),
          "away-ms",
          500);
    }
    draft.watcher(GROUP);
  }

  private static void pattern(Draft draft) {
    draft.topic(TOPIC, 2).topic("orders-express", 1);
    draft.bursty(draft.count("producers", 2), "topics", "orders,orders-express");
    draft.judged(GROUP);
    draft.members(
        GROUP, draft.count("consumers", 3), "commit", "sync-batch", "pattern", "orders.*");
  }

  private static Map<String, String> reset(String policy) {
    return Map.of("auto.offset.reset", policy);
  }

  private static Object[] and(Object[] parameters, Object... more) {
    Object[] all = java.util.Arrays.copyOf(parameters, parameters.length + more.length);
    System.arraycopy(more, 0, all, parameters.length, more.length);
    return all;
  }
}
