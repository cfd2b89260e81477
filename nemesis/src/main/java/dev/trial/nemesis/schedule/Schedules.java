package dev.trial.nemesis.schedule;

import dev.trial.core.fault.FaultKind;
import dev.trial.core.fault.ScheduledFault;
import dev.trial.core.json.Nearest;
import dev.trial.core.world.RandomStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** The catalogue of fault schedules, for {@code trial faults}, claims and {@code --faults}. */
public final class Schedules {
  private static final List<Schedule> ALL = catalogue();

  private Schedules() {}

  /** Every named schedule, in catalogue order. */
  public static List<Schedule> all() {
    return ALL;
  }

  /**
   * What a user asked for: the name of a schedule, or names of fault families, of which a swarm is
   * made.
   *
   * @throws IllegalArgumentException naming the nearest valid choice
   */
  public static Schedule of(List<String> names) {
    if (names.size() == 1) {
      for (Schedule schedule : ALL) {
        if (schedule.id().equals(names.get(0))) {
          return schedule;
        }
      }
    }
    Set<FaultKind> families = EnumSet.noneOf(FaultKind.class);
    names.forEach(name -> families.add(family(name, names.size() > 1)));
    return families.isEmpty() ? new None() : SwarmSchedule.of(families);
  }

  /** The schedule of that name, or the swarm of that one family. */
  public static Schedule of(String name) {
    return of(List.of(name));
  }

  /** Families that a schedule uses, to ask the target whether it can suffer them. */
  public static Set<FaultKind> families(List<ScheduledFault> schedule) {
    Set<FaultKind> families = EnumSet.noneOf(FaultKind.class);
    schedule.forEach(line -> families.add(line.fault().kind()));
    return families;
  }

  private static FaultKind family(String name, boolean oneOfSeveral) {
    for (FaultKind kind : FaultKind.values()) {
      if (kind.id().equals(name)) {
        return kind;
      }
    }
    List<String> schedules = ALL.stream().map(Schedule::id).toList();
    if (oneOfSeveral && schedules.contains(name)) {
      throw new IllegalArgumentException(
          "'"
              + name
              + "' stands alone: it is a whole schedule, others here are families of faults");
    }
    List<String> choices = new ArrayList<>(oneOfSeveral ? List.of() : schedules);
    Arrays.stream(FaultKind.values()).forEach(kind -> choices.add(kind.id()));
    throw new IllegalArgumentException(Nearest.explain("fault", name, choices));
  }

  private static List<Schedule> catalogue() {
    List<Schedule> all = new ArrayList<>();
    all.add(new None());
    all.add(SwarmSchedule.general());
    all.addAll(LeaderSchedules.all());
    all.addAll(ReplicaSchedules.all());
    all.addAll(MessageSchedules.all());
    all.addAll(ClientSchedules.all());
    all.addAll(TransactionSchedules.all());
    all.addAll(TopicSchedules.all());
    all.addAll(DiskSchedules.all());
    all.addAll(ClockSchedules.all());
    return List.copyOf(all);
  }

  /** Nothing goes wrong. */
  private record None() implements Schedule {
    @Override
    public String id() {
      return "none";
    }

    @Override
    public String summary() {
      return "Nothing goes wrong.";
    }

    @Override
    public Set<FaultKind> families() {
      return EnumSet.noneOf(FaultKind.class);
    }

    @Override
    public long loadMsMin(Scene scene) {
      return 0;
    }

    @Override
    public List<ScheduledFault> generate(Scene scene, RandomStream random) {
      return List.of();
    }
  }
}
