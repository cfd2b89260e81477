package dev.trial.broker.group;

import dev.trial.core.world.Timers;
import dev.trial.core.world.Timers.Timer;
import java.util.Map;
import java.util.TreeMap;

/** One timer for each member of each group. */
final class MemberTimers {
  private final Timers timers;
  private final Map<String, Map<String, Timer>> running = new TreeMap<>();

  MemberTimers(Timers timers) {
    this.timers = timers;
  }

  /** Starts the member's timer in the place of the one that runs. */
  void start(String group, String member, long delayMs, Runnable action) {
    cancel(group, member);
    running
        .computeIfAbsent(group, id -> new TreeMap<>())
        .put(member, timers.after(delayMs, action));
  }

  /** Starts the member's timer unless one runs. */
  void startIfAbsent(String group, String member, long delayMs, Runnable action) {
    Map<String, Timer> ofGroup = running.get(group);
    if (ofGroup == null || !ofGroup.containsKey(member)) {
      start(
          group,
          member,
          delayMs,
          () -> {
            cancel(group, member);
            action.run();
          });
    }
  }

  void cancel(String group, String member) {
    Map<String, Timer> ofGroup = running.get(group);
    Timer timer = ofGroup == null ? null : ofGroup.remove(member);
    if (timer != null) {
      timer.cancel();
    }
    if (ofGroup != null && ofGroup.isEmpty()) {
      running.remove(group);
    }
  }
}
