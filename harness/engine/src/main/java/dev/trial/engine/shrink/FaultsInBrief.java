package dev.trial.engine.shrink;

import dev.trial.core.fault.ScheduledFault;
import dev.trial.core.run.RunSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * None, one, two or three of the faults close together in a short load: most of what goes wrong in
 * a minute goes wrong in seconds as well, and dozens of short runs cost what one long run does.
 */
record FaultsInBrief() implements Reduction {
  private static final int FAULTS_MOST = 3;
  private static final int CANDIDATES_MOST = 120;
  private static final List<Brevity> BREVITIES =
      List.of(
          new Brevity(1_000, 500, 1_000, 1_000),
          new Brevity(2_000, 2_000, 4_000, 2_000),
          new Brevity(4_000, 6_000, 12_000, 6_000));

  /** When the first fault comes, the longest gap and length of faults, and the calm behind. */
  private record Brevity(long firstMs, long gapMs, long lengthMs, long calmMs) {
    RunSpec of(RunSpec spec, List<ScheduledFault> chosen) {
      List<ScheduledFault> faults = new ArrayList<>();
      long atMs = firstMs;
      long endMs = atMs;
      for (int i = 0; i < chosen.size(); i++) {
        ScheduledFault fault = chosen.get(i);
        atMs += i == 0 ? 0 : Math.min(gapMs, fault.atMs() - chosen.get(i - 1).atMs());
        long forMs = Math.min(lengthMs, fault.lengthMs());
        faults.add(new ScheduledFault(atMs, forMs, fault.fault(), fault.whom()));
        endMs = Math.max(endMs, atMs + forMs);
      }
      return spec.withFaults(faults).withLoadMs(endMs + calmMs);
    }
  }

  @Override
  public String what() {
    return "faults, in brief";
  }

  @Override
  public List<RunSpec> of(RunSpec spec) {
    List<RunSpec> smaller = new ArrayList<>();
    for (int count = 0; count <= Math.min(FAULTS_MOST, spec.faults().size()); count++) {
      for (Brevity brevity : BREVITIES) {
        for (List<ScheduledFault> few : neighbours(spec.faults(), count)) {
          smaller.add(brevity.of(spec, few));
        }
      }
    }
    smaller.removeIf(each -> each.loadMs() >= spec.loadMs());
    return smaller.stream().limit(CANDIDATES_MOST).toList();
  }

  /** So many that follow one another; of those with the same faults on the same roles the first. */
  private static Iterable<List<ScheduledFault>> neighbours(List<ScheduledFault> all, int count) {
    Map<List<Object>, List<ScheduledFault>> kinds = new LinkedHashMap<>();
    for (int from = 0; from + count <= all.size(); from++) {
      List<ScheduledFault> few = all.subList(from, from + count);
      List<Object> kind = new ArrayList<>();
      few.forEach(each -> kind.add(List.of(each.fault(), each.whom())));
      kinds.putIfAbsent(kind, few);
    }
    return kinds.values();
  }
}
