package dev.trial.core.run;

import dev.trial.core.cluster.TopicSpec;
import dev.trial.core.history.Action.Start.Kind;
import java.util.List;
import java.util.Map;

/** The client that reads everything once more when the load is over: evidence, not on trial. */
final class FinalReader {
  private static final String PROTOCOL = "group.protocol";

  private FinalReader() {}

  static ClientPlan of(RunSpec spec, Workload.Plan plan) {
    List<String> topics = plan.topics().stream().map(TopicSpec::name).toList();
    return new ClientPlan(
        "final-reader",
        Kind.READER,
        plan.finalReader(),
        Parameters.of(
            "topics", String.join(",", topics), "groups", String.join(",", plan.groups())),
        settings(spec),
        0,
        false);
  }

  /**
   * The first consumers of KIP-848 cannot tell where a partition begins and ends: "Invalid negative
   * timestamp" (KAFKA-16156, 3.7, mended in 3.8.0). It belongs to no group, so that the protocol is
   * all the same to it.
   */
  private static Map<String, String> settings(RunSpec spec) {
    boolean first = ClientRelease.of(spec.client()).before("3.8");
    boolean told = spec.profile().consumer().containsKey(PROTOCOL);
    return first && told ? Map.of(PROTOCOL, "classic") : Map.of();
  }
}
