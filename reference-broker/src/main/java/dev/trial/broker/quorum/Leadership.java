package dev.trial.broker.quorum;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What a leader knows of the voters: how far each has the log, and when it last fetched. */
final class Leadership {

  /** Offset of the entry that opened the epoch. */
  final long epochStartOffset;

  private final int self;
  private final int majority;
  private final Map<Integer, Voter> voters = new TreeMap<>();
  private final long sinceMs;

  /** Told to the listener. */
  boolean announced;

  private static final class Voter {
    private long endOffset;
    private long fetchedMs;
  }

  Leadership(int self, List<Integer> voterIds, long epochStartOffset, long nowMs) {
    this.self = self;
    this.majority = voterIds.size() / 2 + 1;
    this.epochStartOffset = epochStartOffset;
    this.sinceMs = nowMs;
    for (int id : voterIds) {
      Voter voter = new Voter();
      voter.fetchedMs = nowMs;
      voters.put(id, voter);
    }
  }

  void has(int voter, long endOffset, long nowMs) {
    Voter known = voters.get(voter);
    if (known != null) {
      known.endOffset = endOffset;
      known.fetchedMs = nowMs;
    }
  }

  /** The offset below which a majority has everything. */
  long majorityEndOffset() {
    long[] ends = voters.values().stream().mapToLong(voter -> voter.endOffset).sorted().toArray();
    return ends[ends.length - majority];
  }

  /** True if a majority, this node included, fetched within {@code periodMs}. */
  boolean hasQuorum(long nowMs, long periodMs) {
    long alive =
        voters.entrySet().stream()
            .filter(e -> e.getKey() == self || nowMs - e.getValue().fetchedMs < periodMs)
            .count();
    return alive >= majority;
  }

  /** Voters that did not fetch within {@code periodMs}: they may not know who leads. */
  List<Integer> silent(long nowMs, long periodMs) {
    List<Integer> silent = new ArrayList<>();
    voters.forEach(
        (id, voter) -> {
          boolean neverFetched = voter.fetchedMs == sinceMs && voter.endOffset == 0;
          if (id != self && (neverFetched || nowMs - voter.fetchedMs >= periodMs)) {
            silent.add(id);
          }
        });
    return silent;
  }

  /** The other voters, those with the longest log first. */
  List<Integer> successors() {
    List<Integer> others = new ArrayList<>(voters.keySet());
    others.remove(Integer.valueOf(self));
    others.sort(Comparator.comparingLong((Integer id) -> -voters.get(id).endOffset));
    return others;
  }
}
