package dev.trial.nemesis.schedule;

import dev.trial.core.fault.FaultKind;
import dev.trial.core.fault.ScheduledFault;
import dev.trial.core.world.RandomStream;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.ToLongFunction;

/**
 * A schedule that repeats a round of faults, with a rest after each, while the load phase has room.
 *
 * @param roundMs the longest a round can be in a scene
 * @param restMs what follows a round, so that the cluster recovers; up to half of it more is drawn
 */
record Rounds(
    String id,
    String summary,
    Set<FaultKind> families,
    ToLongFunction<Scene> roundMs,
    ToLongFunction<Scene> restMs,
    Round round)
    implements Schedule {

  /** Adds one round at the timeline's cursor and tells its length. */
  interface Round {
    long add(Scene scene, Timeline timeline, RandomStream random);
  }

  static Set<FaultKind> kinds(FaultKind first, FaultKind... rest) {
    return EnumSet.of(first, rest);
  }

  @Override
  public long loadMsMin(Scene scene) {
    return Timeline.loadMsFor(roundMs.applyAsLong(scene) + START_JITTER_MS);
  }

  @Override
  public List<ScheduledFault> generate(Scene scene, RandomStream random) {
    Timeline timeline = new Timeline(scene.loadMs());
    long longestMs = roundMs.applyAsLong(scene);
    if (timeline.room(longestMs + START_JITTER_MS)) {
      timeline.advance(random.nextLong(START_JITTER_MS));
    }
    while (timeline.room(longestMs)) {
      timeline.advance(round.add(scene, timeline, random));
      long restMs = restMs().applyAsLong(scene);
      timeline.advance(random.between(restMs, restMs + restMs / 2));
    }
    return timeline.schedule();
  }

  private static final long START_JITTER_MS = 500;
}
