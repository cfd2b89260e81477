package dev.trial.claims;

import dev.trial.core.fault.FaultKind;
import dev.trial.core.run.ClientPlan;
import dev.trial.core.verdict.AnomalyKind;
import dev.trial.core.verdict.Cause;
import dev.trial.core.verdict.Explained;
import dev.trial.workloads.plan.Programs;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What acks, in-sync sets, elections and retries give away of what lies in a log. */
final class LogAllowances {
  private static final Set<Cause> WHATEVER = EnumSet.allOf(Cause.class);

  private final Promised run;
  private final Map<String, String> topic;
  private final List<ProducerPromise> producers;

  private LogAllowances(Promised run) {
    this.run = run;
    this.topic = run.profile().topic();
    this.producers =
        run.plan().clients().stream()
            .filter(ProducerPromise::has)
            .map(client -> ProducerPromise.of(client, run.profile(), run.client()))
            .toList();
  }

  static List<Explained> of(Promised run) {
    LogAllowances log = new LogAllowances(run);
    List<Explained> allowed = new ArrayList<>();
    allowed.addAll(log.losses());
    allowed.addAll(log.retries());
    allowed.addAll(log.flippedBits());
    return allowed;
  }

  private List<Explained> losses() {
    Set<Cause> causes = EnumSet.noneOf(Cause.class);
    if (producers.stream().anyMatch(each -> each.acks().equals("0"))) {
      causes.add(Cause.NOT_ACKNOWLEDGED);
    }
    if (producers.stream().anyMatch(each -> !each.acks().equals("all"))) {
      causes.add(Cause.TRUNCATED_BY_CLEAN_ELECTION);
      causes.add(Cause.ELIGIBLE_LEADER_ELECTION);
    }
    if (uncleanElections()) {
      causes.add(Cause.UNCLEAN_ELECTION);
    }
    if (inSyncReplicasMin() < 2) {
      causes.add(Cause.IN_SYNC_SET_OF_ONE);
    }
    if (!flushed()) {
      causes.add(Cause.POWER_LOSS);
    }
    Set<Cause> following = EnumSet.of(Cause.CONSEQUENCE_OF_TRUNCATION);
    following.addAll(causes);
    return List.of(
        new Explained(Kinds.LOSS, causes),
        new Explained(Kinds.setOf(Kinds.AFTER_TRUNCATION), following));
  }

  private boolean uncleanElections() {
    return run.faults().contains(FaultKind.UNCLEAN_ELECTION)
        || Boolean.parseBoolean(topic.get("unclean.leader.election.enable"))
        || Boolean.parseBoolean(run.profile().broker().get("unclean.leader.election.enable"));
  }

  private int inSyncReplicasMin() {
    String told = topic.get("min.insync.replicas");
    String otherwise = run.profile().broker().getOrDefault("min.insync.replicas", "1");
    return Integer.parseInt((told == null ? otherwise : told).trim());
  }

  private boolean flushed() {
    return "1".equals(topic.get("flush.messages"));
  }

  private List<Explained> retries() {
    boolean idempotent = producers.stream().allMatch(ProducerPromise::idempotent);
    boolean sentAgain = run.plan().clients().stream().anyMatch(LogAllowances::sendsAgain);
    return idempotent && !sentAgain
        ? List.of(ExperimentDraft.STORED_TWICE)
        : List.of(
            new Explained(
                EnumSet.of(
                    AnomalyKind.DUPLICATE, AnomalyKind.SEND_REORDER, AnomalyKind.NONMONOTONIC_SEND),
                WHATEVER));
  }

  private static boolean sendsAgain(ClientPlan client) {
    return client.program().equals(Programs.RESENDING_SENDER);
  }

  /** What is outside of a batch's checksum may come back another (KIP-98). */
  private List<Explained> flippedBits() {
    return run.faults().contains(FaultKind.BIT_FLIP)
        ? List.of(
            new Explained(
                EnumSet.of(
                    AnomalyKind.LOST_WRITE,
                    AnomalyKind.READ_THEN_LOST,
                    AnomalyKind.INCONSISTENT_OFFSETS,
                    AnomalyKind.STUCK_REPLICA,
                    AnomalyKind.WIRE_CORRUPTION,
                    AnomalyKind.REPLICA_DIVERGENCE),
                EnumSet.of(Cause.BIT_FLIPPED, Cause.CONSEQUENCE_OF_TRUNCATION)))
        : List.of();
  }
}
