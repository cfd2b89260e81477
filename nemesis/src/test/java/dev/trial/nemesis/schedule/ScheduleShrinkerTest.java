package dev.trial.nemesis.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trial.core.fault.Fault;
import dev.trial.core.fault.Role;
import dev.trial.core.fault.ScheduledFault;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** Minimal means: leave any line out and it no longer fails. */
class ScheduleShrinkerTest {

  /** Lines are told apart by the broker they name. */
  private static List<ScheduledFault> schedule(int size) {
    List<ScheduledFault> schedule = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      schedule.add(new ScheduledFault(1_000L * (i + 1), 700, new Fault.Kill(), new Role.Broker(i)));
    }
    return schedule;
  }

  private static Set<Integer> brokers(List<ScheduledFault> schedule) {
    Set<Integer> ids = new TreeSet<>();
    schedule.forEach(line -> ids.add(((Role.Broker) line.whom()).id()));
    return ids;
  }

  @Property(tries = 500)
  void exactlyTheNeededLinesRemain(
      @ForAll @IntRange(min = 1, max = 40) int size,
      @ForAll @Size(max = 5) Set<@IntRange(min = 0, max = 39) Integer> wanted) {
    Set<Integer> needed = new TreeSet<>(wanted);
    needed.removeIf(id -> id >= size);
    ScheduleShrinker.Result result =
        ScheduleShrinker.shrink(
            schedule(size), candidate -> brokers(candidate).containsAll(needed), 5_000);
    assertEquals(needed, brokers(result.schedule()));
    assertTrue(result.minimal());
  }

  @Property(tries = 300)
  void theResultStillFailsIsOneMinimalAndStaysInOrder(
      @ForAll @IntRange(min = 1, max = 25) int size, @ForAll @IntRange(min = 1, max = 9) int few) {
    // Needs that many faults, whichever they are: many minima, none of them unique.
    Predicate<List<ScheduledFault>> fails = candidate -> candidate.size() >= Math.min(few, size);
    ScheduleShrinker.Result result = ScheduleShrinker.shrink(schedule(size), fails, 5_000);
    assertTrue(fails.test(result.schedule()));
    assertEquals(Math.min(few, size), result.schedule().size());
    long beforeMs = 0;
    for (ScheduledFault line : result.schedule()) {
      assertTrue(line.atMs() >= beforeMs);
      beforeMs = line.atMs();
    }
  }

  @Property(tries = 300)
  void attemptsAreBoundedAndTheResultAlwaysFails(
      @ForAll @IntRange(min = 0, max = 60) int attemptsMax,
      @ForAll @IntRange(min = 0, max = 19) int needed) {
    int[] asked = {0};
    Predicate<List<ScheduledFault>> fails = candidate -> brokers(candidate).contains(needed);
    ScheduleShrinker.Result result =
        ScheduleShrinker.shrink(
            schedule(20),
            candidate -> {
              asked[0]++;
              return fails.test(candidate);
            },
            attemptsMax);
    assertTrue(asked[0] <= attemptsMax);
    assertEquals(asked[0], result.attempts());
    assertTrue(fails.test(result.schedule()));
    if (result.minimal()) {
      assertEquals(Set.of(needed), brokers(result.schedule()));
    }
  }

  @Test
  void lengthsAndTimesGetAsSmallAsTheFailureAllows() {
    Predicate<List<ScheduledFault>> fails =
        candidate ->
            candidate.stream().anyMatch(line -> line.lengthMs() >= 340 && line.atMs() >= 2_500);
    ScheduleShrinker.Result result = ScheduleShrinker.shrink(schedule(10), fails, 1_000);
    ScheduledFault only = result.schedule().get(0);
    assertEquals(1, result.schedule().size());
    assertTrue(only.lengthMs() >= 340 && only.lengthMs() <= 350, only::toString);
    assertTrue(only.atMs() >= 2_500 && only.atMs() <= 2_510, only::toString);
  }

  @Test
  void whatFailsWithoutFaultsShrinksToNothing() {
    ScheduleShrinker.Result result = ScheduleShrinker.shrink(schedule(9), any -> true, 10);
    assertTrue(result.schedule().isEmpty());
    assertEquals(1, result.attempts());
  }

  @Test
  void withoutAttemptsNothingIsPromised() {
    ScheduleShrinker.Result result = ScheduleShrinker.shrink(schedule(3), any -> true, 0);
    assertEquals(schedule(3), result.schedule());
    assertFalse(result.minimal());
  }
}
