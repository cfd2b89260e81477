package dev.trial.checkers.evidence;

import dev.trial.core.history.Action.Phase;
import dev.trial.core.history.Action.Poll;
import dev.trial.core.history.History;
import dev.trial.core.history.Operation;
import dev.trial.core.history.Stage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * When which partition of a group had an owner, from the group's first assignment until the final
 * read began, or the history ended. Owners by {@code assign()} take no part.
 */
public final class GroupTimeline {
  private static final long SESSION_TIMEOUT_MS = 45_000;
  private static final long MAX_POLL_INTERVAL_MS = 300_000;

  private final Evidence evidence;
  private final String group;
  private final Map<Integer, List<Ownership>> owners = new TreeMap<>();
  private final long begin;
  private final long end;
  private final TreeSet<Long> unrest = new TreeSet<>();
  private final List<ProcessFact> members;
  private final long faultsEndNs;
  private final long rebalanceLimitNs;
  private long rebalances;

  /**
   * A time without an owner.
   *
   * @param released index of the operation with which it began
   * @param until index of the one with which it ended
   */
  public record Gap(long released, long until, long beginNs, long endNs) {}

  /** A part of a gap in which no member came or went and no fault was active, by indexes. */
  public record Quiet(long begin, long end, long beginNs, long endNs) {}

  private GroupTimeline(Evidence evidence, String group, long begin) {
    this.evidence = evidence;
    this.group = group;
    this.begin = begin;
    long finalRead = evidence.phase(Phase.Name.FINAL_READ);
    this.end = finalRead < 0 ? evidence.history().size() - 1L : finalRead;
    this.members =
        evidence.processes().stream().filter(each -> group.equals(each.group())).toList();
    this.faultsEndNs = evidence.faults().stream().mapToLong(FaultWindow::endNs).max().orElse(0);
    long sessionMs = longest("session.timeout.ms", SESSION_TIMEOUT_MS);
    long rejoinMs = longest("max.poll.interval.ms", MAX_POLL_INTERVAL_MS);
    this.rebalanceLimitNs = (sessionMs + rejoinMs) * 1_000_000;
  }

  /** The timeline of a group; null if nobody was ever assigned a partition in it. */
  public static GroupTimeline of(Evidence evidence, String group) {
    Map<Integer, List<Ownership>> owners = new TreeMap<>();
    long first = Long.MAX_VALUE;
    for (GroupPartition each : evidence.group(group)) {
      List<Ownership> subscribed = each.owners().stream().filter(owner -> !owner.manual()).toList();
      if (!subscribed.isEmpty()) {
        owners.put(each.partition(), subscribed);
        first = Math.min(first, subscribed.get(0).assigned());
      }
    }
    if (owners.isEmpty()) {
      return null;
    }
    GroupTimeline timeline = new GroupTimeline(evidence, group, first);
    timeline.gather(owners);
    return timeline;
  }

  /** Partitions of the same topics that nobody was ever assigned belong to the group, too. */
  private void gather(Map<Integer, List<Ownership>> known) {
    Set<String> topics = new HashSet<>();
    known.keySet().forEach(number -> topics.add(evidence.log(number).id().topic()));
    for (int number = 0; number < evidence.logs().size(); number++) {
      if (topics.contains(evidence.log(number).id().topic())) {
        owners.put(number, known.getOrDefault(number, List.of()));
      }
    }
    Set<Integer> generations = new HashSet<>();
    for (List<Ownership> each : known.values()) {
      each.forEach(owner -> generations.add(owner.generation()));
    }
    rebalances = generations.size();
    unrest.add(begin);
    evidence.faults().forEach(fault -> unrest.add(fault.index()));
    for (ProcessFact each : members) {
      unrest.add(evidence.firstOperation(each.id(), begin));
      unrest.add(Math.min(each.endIndex(), end));
    }
  }

  // ---- asking

  public String group() {
    return group;
  }

  /** How many different generations owners were assigned in. */
  public long rebalances() {
    return rebalances;
  }

  /** The partitions of the topics that the group reads. */
  public List<LogView> partitions() {
    return owners.keySet().stream().map(evidence::log).toList();
  }

  /** Owners of a partition in order of assignment. */
  public List<Ownership> owners(LogView log) {
    return owners.get(evidence.logs().indexOf(log));
  }

  /** When a partition had no owner. */
  public List<Gap> gaps(LogView log) {
    List<Gap> gaps = new ArrayList<>();
    long covered = begin;
    for (Ownership each : owners(log)) {
      if (each.assigned() > covered && covered < end) {
        gaps.add(gap(covered, Math.min(each.assigned(), end)));
      }
      covered = Math.max(covered, each.released());
    }
    if (covered < end) {
      gaps.add(gap(covered, end));
    }
    return gaps;
  }

  private Gap gap(long from, long to) {
    return new Gap(from, to, timeNs(from), timeNs(to));
  }

  private long timeNs(long index) {
    History history = evidence.history();
    return history.at(Math.min(index, history.size() - 1L)).timeNs();
  }

  /** The longest part of a gap without a reason for a rebalance, maybe of no length. */
  public Quiet longestQuiet(Gap gap) {
    List<Long> cuts = new ArrayList<>(unrest.subSet(gap.released(), false, gap.until(), false));
    cuts.add(0, gap.released());
    cuts.add(gap.until());
    Quiet longest = new Quiet(gap.released(), gap.released(), gap.beginNs(), gap.beginNs());
    for (int i = 1; i < cuts.size(); i++) {
      // A fault may be felt until the last one is over: only then a coordinator can be relied on.
      long fromNs = Math.max(timeNs(cuts.get(i - 1)), faultsEndNs);
      long toNs = timeNs(cuts.get(i));
      if (toNs - fromNs > longest.endNs() - longest.beginNs()) {
        longest = new Quiet(cuts.get(i - 1), cuts.get(i), fromNs, toNs);
      }
    }
    return longest;
  }

  /**
   * The longest that a rebalance may take with nobody coming or going: a member that is gone is
   * missed after session.timeout.ms, and the others are waited for up to max.poll.interval.ms (the
   * rebalance timeout of the protocol, KIP-62).
   */
  public long rebalanceLimitNs() {
    return rebalanceLimitNs;
  }

  private long longest(String setting, long unsetMs) {
    return members.stream()
        .mapToLong(each -> each.settingMs(setting, unsetMs))
        .max()
        .orElse(unsetMs);
  }

  /**
   * A member that had been assigned partitions of the topic, and polled before and after; or −1.
   */
  public int pollingThrough(LogView log, Quiet quiet) {
    String topic = log.id().topic();
    return members.stream()
        .filter(each -> each.endIndex() > quiet.end() && assigned(each, topic, quiet.begin()))
        .filter(each -> polls(each, quiet))
        .map(ProcessFact::id)
        .min(Comparator.naturalOrder())
        .orElse(-1);
  }

  private boolean assigned(ProcessFact process, String topic, long before) {
    for (Map.Entry<Integer, List<Ownership>> each : owners.entrySet()) {
      boolean same = evidence.log(each.getKey()).id().topic().equals(topic);
      if (same
          && each.getValue().stream()
              .anyMatch(o -> o.process() == process.id() && o.assigned() <= before)) {
        return true;
      }
    }
    return false;
  }

  /** It was back from a poll in the first third, and in the last: it was there to be given work. */
  private boolean polls(ProcessFact process, Quiet quiet) {
    long thirdNs = (quiet.endNs() - quiet.beginNs()) / 3;
    boolean early = false;
    boolean late = false;
    for (long index = quiet.begin(); index <= quiet.end(); index++) {
      Operation each = evidence.history().at(index);
      if (each.process() == process.id()
          && each.stage() == Stage.OK
          && each.action() instanceof Poll) {
        early |= each.timeNs() >= quiet.beginNs() && each.timeNs() <= quiet.beginNs() + thirdNs;
        late |= each.timeNs() >= quiet.endNs() - thirdNs;
      }
    }
    return early && late;
  }
}
