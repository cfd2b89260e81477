package dev.trial.broker.group.consumer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trial.broker.defect.Defects;
import dev.trial.broker.metadata.Image;
import dev.trial.broker.metadata.MetadataRecord;
import dev.trial.broker.metadata.MetadataRecord.PartitionChanged;
import dev.trial.broker.metadata.MetadataRecord.TopicCreated;
import dev.trial.broker.metadata.PartitionState;
import dev.trial.core.history.Action.Leadership.Election;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.SortedSet;
import java.util.TreeSet;
import org.apache.kafka.common.Uuid;
import org.junit.jupiter.api.Test;

/** A large group by the rules alone: members as Kafka's clients are, on a clock of the test. */
class LargeGroupTest {
  private static final Uuid TOPIC = new Uuid(1, 1);
  private static final int MEMBERS = 200;
  private static final int PARTITIONS = 400;
  private static final int HEARTBEAT_MS = 5_000;
  private static final int INTERVAL_MS = 1_000;
  private static final int ROUND_TRIP_MS = 5;

  private final GroupRules rules =
      new GroupRules(
          new GroupRules.Settings(Assignors.named("uniform,range"), INTERVAL_MS, Integer.MAX_VALUE),
          LargeGroupTest::image,
          Defects.NONE);
  private final PriorityQueue<Member> next = new PriorityQueue<>();
  private ConsumerGroup group = ConsumerGroup.named("large");
  private int heartbeats;

  private static final Image IMAGE = made();

  private static Image image() {
    return IMAGE;
  }

  private static Image made() {
    List<MetadataRecord> records = new ArrayList<>();
    records.add(new TopicCreated("t", TOPIC));
    for (int p = 0; p < PARTITIONS; p++) {
      PartitionState state = new PartitionState(p, List.of(1), List.of(1), 1, 0, 0, Election.FIRST);
      records.add(new PartitionChanged(TOPIC, state));
    }
    return Image.EMPTY.after(0, records);
  }

  /** One member: it says at once when it has given up or taken over what it was told to. */
  private final class Member implements Comparable<Member> {
    private final String id;
    private long atMs;
    private int epoch;
    private SortedSet<IdPartition> owned = new TreeSet<>();
    private boolean changed;

    Member(int number, long atMs) {
      this.id = "member-%03d".formatted(number);
      this.atMs = atMs;
    }

    void beat() throws Refused {
      boolean joins = epoch == 0;
      Heartbeat beat =
          new Heartbeat(
              id,
              epoch,
              null,
              null,
              joins ? 300_000 : -1,
              joins ? new TreeSet<>(List.of("t")) : null,
              null,
              null,
              joins || changed ? owned : null,
              "client",
              "/127.0.0.1");
      GroupRules.Outcome outcome = rules.heartbeat(group, beat, 1 + atMs);
      group = outcome.group();
      heartbeats++;
      epoch = outcome.memberEpoch();
      changed = outcome.assignment() != null && !outcome.assignment().equals(owned);
      if (changed) {
        owned = new TreeSet<>(outcome.assignment());
      }
      atMs += changed ? ROUND_TRIP_MS : HEARTBEAT_MS;
    }

    @Override
    public int compareTo(Member other) {
      int byTime = Long.compare(atMs, other.atMs);
      return byTime != 0 ? byTime : id.compareTo(other.id);
    }
  }

  @Test
  void allWhoComeWithinASecondHaveTheirShareAfterTwoHeartbeats() throws Refused {
    for (int i = 0; i < MEMBERS; i++) {
      next.add(new Member(i, i * 5));
    }
    long settledMs = settled();
    assertTrue(settledMs <= 2 * HEARTBEAT_MS + INTERVAL_MS, "settled after " + settledMs + " ms");
    assertTrue(heartbeats <= 6 * MEMBERS, heartbeats + " heartbeats");
    SortedSet<IdPartition> all = new TreeSet<>();
    for (Member member : next) {
      assertEquals(PARTITIONS / MEMBERS, member.owned.size());
      all.addAll(member.owned);
    }
    assertEquals(PARTITIONS, all.size());
  }

  private long settled() throws Refused {
    long nowMs = 0;
    while (group.members().size() < MEMBERS
        || group.state() != ConsumerGroup.State.STABLE
        || next.stream().anyMatch(member -> member.changed)) {
      Member member = next.poll();
      nowMs = member.atMs;
      member.beat();
      next.add(member);
      assertTrue(nowMs < 120_000, "not settled after two minutes");
    }
    return nowMs;
  }
}
