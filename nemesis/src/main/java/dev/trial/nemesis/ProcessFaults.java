package dev.trial.nemesis;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * Faults on processes, with a memory of who holds whom down or paused, so that overlapping faults
 * on one process end well:
 *
 * <ul>
 *   <li>A process stays down until the last fault that took or holds it down has ended.
 *   <li>Killing a paused process works and ends its pause for good: the next process of that name
 *       is not paused. Stopping a paused one cannot work (it would never see the signal).
 *   <li>A process stays paused until the last fault that pauses it has ended.
 *   <li>A process that is down for a reason of its own is not hit by a kill, stop or pause.
 * </ul>
 */
final class ProcessFaults {
  private final Parties parties;
  private final Map<String, Set<Integer>> down = new TreeMap<>();
  private final Map<String, Set<Integer>> paused = new TreeMap<>();

  ProcessFaults(Parties parties) {
    this.parties = parties;
  }

  Strike kill(int fault, List<String> whom) {
    return takeDown(fault, whom, parties::kill);
  }

  /** Power is lost by the machine: a process already down loses its unflushed bytes too. */
  Strike losePower(int fault, List<String> whom) {
    return new Strike(
        whom,
        null,
        () -> whom.forEach(party -> bringDown(fault, party, parties::losePower)),
        () -> whom.forEach(party -> release(fault, party)));
  }

  /** As {@link #losePower}, in another way. */
  Strike loseDisk(int fault, List<String> whom, Consumer<String> how) {
    return new Strike(
        whom,
        null,
        () -> whom.forEach(party -> bringDown(fault, party, how)),
        () -> whom.forEach(party -> release(fault, party)));
  }

  /** Starts a process that went down by itself; one that a fault holds down stays there. */
  void startUnlessHeld(String party) {
    if (!down.containsKey(party) && !parties.running(party)) {
      parties.start(party);
    }
  }

  Strike stop(int fault, List<String> whom) {
    List<String> awake = whom.stream().filter(party -> !paused.containsKey(party)).toList();
    Strike strike = takeDown(fault, awake, parties::stop);
    String error = complaint(Parties.without(whom, awake), "is paused", strike.error());
    return new Strike(strike.hit(), error, strike.apply(), strike.undo());
  }

  Strike pause(int fault, List<String> whom) {
    List<String> hit = whom.stream().filter(parties::running).toList();
    return new Strike(
        hit,
        complaint(Parties.without(whom, hit), "is down", null),
        () -> hit.forEach(party -> freeze(fault, party)),
        () -> hit.forEach(party -> thaw(fault, party)));
  }

  /** Forgets all holds, resumes who is paused and starts every node that is down. */
  void healAll(Consumer<Runnable> attempt) {
    for (String party : List.copyOf(paused.keySet())) {
      attempt.accept(() -> parties.resume(party));
    }
    List<String> held = new ArrayList<>(down.keySet());
    paused.clear();
    down.clear();
    for (String node : parties.nodes()) {
      if (!parties.running(node)) {
        attempt.accept(() -> parties.start(node));
      }
    }
    for (String party : held) {
      if (parties.isClient(party)) {
        attempt.accept(() -> parties.start(party));
      }
    }
  }

  private Strike takeDown(int fault, List<String> whom, Consumer<String> how) {
    List<String> hit =
        whom.stream().filter(p -> parties.running(p) || down.containsKey(p)).toList();
    return new Strike(
        hit,
        complaint(Parties.without(whom, hit), "is down", null),
        () -> hit.forEach(party -> bringDown(fault, party, live -> ifRunning(live, how))),
        () -> hit.forEach(party -> release(fault, party)));
  }

  private void bringDown(int fault, String party, Consumer<String> how) {
    down.computeIfAbsent(party, name -> new TreeSet<>()).add(fault);
    paused.remove(party);
    how.accept(party);
  }

  private void ifRunning(String party, Consumer<String> action) {
    if (parties.running(party)) {
      action.accept(party);
    }
  }

  private void release(int fault, String party) {
    if (letGo(down, fault, party)) {
      parties.start(party);
    }
  }

  private void freeze(int fault, String party) {
    if (!paused.containsKey(party)) {
      parties.pause(party);
    }
    paused.computeIfAbsent(party, name -> new TreeSet<>()).add(fault);
  }

  private void thaw(int fault, String party) {
    if (letGo(paused, fault, party)) {
      ifRunning(party, parties::resume);
    }
  }

  /** True when that was the last fault that held the party. */
  private static boolean letGo(Map<String, Set<Integer>> holds, int fault, String party) {
    Set<Integer> holders = holds.get(party);
    if (holders == null || !holders.remove(fault) || !holders.isEmpty()) {
      return false;
    }
    holds.remove(party);
    return true;
  }

  private static String complaint(List<String> spared, String why, String other) {
    List<String> parts = new ArrayList<>();
    spared.forEach(party -> parts.add(party + " " + why));
    if (other != null) {
      parts.add(other);
    }
    return parts.isEmpty() ? null : String.join("; ", parts);
  }
}
