package dev.trial.core.run;

import dev.trial.core.cluster.TopicSpec;
import dev.trial.core.world.RandomStream;
import java.util.List;

/** What clients do in a trial: topics, and the client processes that use them. */
public interface Workload {

  /** The name that users type and read. */
  String id();

  /** One sentence for the catalogue. */
  String summary();

  /** The plan for a spec; {@code random} is the workload's own stream. */
  Plan plan(RunSpec spec, RandomStream random);

  /** The shortest load in which clients do all of it, in milliseconds; 0 if any will do. */
  default long loadMsMin() {
    return 0;
  }

  /**
   * Topics and clients. {@code groups} are the consumer groups whose coverage is judged.
   *
   * @param finalReader class name of the {@link ClientProgram} of the final read
   */
  record Plan(
      List<TopicSpec> topics, List<ClientPlan> clients, List<String> groups, String finalReader) {}
}
