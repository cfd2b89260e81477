package dev.trial.workloads.plan;

import dev.trial.core.json.Nearest;
import dev.trial.core.run.Workload;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The catalogue of workloads, by id. */
public final class Workloads {
  private static final Map<String, Workload> ALL = catalogue();

  private Workloads() {}

  /** Every workload, in order of its id. */
  public static Map<String, Workload> all() {
    return ALL;
  }

  /**
   * The workload of that id.
   *
   * @throws IllegalArgumentException if there is none; the message names the nearest one
   */
  public static Workload of(String id) {
    Workload workload = ALL.get(id);
    if (workload == null) {
      throw new IllegalArgumentException(Nearest.explain("workload", id, ALL.keySet()));
    }
    return workload;
  }

  private static Map<String, Workload> catalogue() {
    List<Workload> workloads = new ArrayList<>(LogWorkloads.all());
    workloads.addAll(GroupWorkloads.all());
    workloads.addAll(TransactionWorkloads.all());
    workloads.addAll(TopicWorkloads.all());
    Map<String, Workload> byId = new TreeMap<>();
    for (Workload workload : workloads) {
      if (byId.put(workload.id(), workload) != null) {
        throw new IllegalStateException("two workloads are called " + workload.id());
      }
    }
    return Collections.unmodifiableMap(byId);
  }
}
