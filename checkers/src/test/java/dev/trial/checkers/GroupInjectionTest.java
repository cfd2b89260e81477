package dev.trial.checkers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trial.core.history.Action;
import dev.trial.core.history.Action.End.How;
import dev.trial.core.history.Action.Phase.Name;
import dev.trial.core.history.Action.Rebalance.Change;
import dev.trial.core.history.Action.Start.Kind;
import dev.trial.core.history.PartitionId;
import dev.trial.core.verdict.Anomaly;
import dev.trial.core.verdict.AnomalyKind;
import dev.trial.core.verdict.Finding;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Members that come, go and hand partitions over as groups do, and one thing they must not do. */
class GroupInjectionTest {
  private static final int TRIES = 60;
  private static final int LIMIT_MS = 10_000;
  private static final List<PartitionId> PARTITIONS =
      List.of(Story.P0, new PartitionId("orders", 1));

  /** Two members of a group, static or not, with one partition each. */
  private static final class Group {
    final Story story = new Story();
    final Random random;
    final int[] members = {10, 11};
    private final boolean fixed;
    private int nextProcess = 12;
    private int generation = 1;

    Group(long seed, boolean fixed) {
      this.random = new Random(seed);
      this.fixed = fixed;
      story.phase(Name.LOAD);
      for (int i = 0; i < members.length; i++) {
        start(i);
      }
      for (int i = 0; i < members.length; i++) {
        give(members[i], i);
      }
    }

    private void start(int member) {
      Map<String, String> settings = new TreeMap<>();
      settings.put("group.id", Story.GROUP);
      settings.put("session.timeout.ms", "6000");
      settings.put("max.poll.interval.ms", String.valueOf(LIMIT_MS - 6_000));
      if (fixed) {
        settings.put("group.instance.id", "member-" + member);
      }
      story.fact(members[member], new Action.Start("client-" + member, 0, Kind.CONSUMER, settings));
    }

    long give(int process, int partition) {
      return change(process, Change.ASSIGNED, partition);
    }

    long change(int process, Change change, int partition) {
      PartitionId id = PARTITIONS.get(partition);
      return story.fact(
          process,
          new Action.Rebalance(Story.GROUP, change, List.of(id), generation, "m-" + process));
    }

    void poll(int seconds) {
      for (int i = 0; i < seconds; i++) {
        story.sleep(1_000);
        for (int member : members) {
          story.poll(member);
        }
      }
    }

    /** All partitions are given up and given out anew, some seconds later. */
    long rebalance(int seconds) {
      long revoked = change(members[0], Change.REVOKED, 0);
      change(members[1], Change.REVOKED, 1);
      poll(seconds);
      generation++;
      give(members[0], 0);
      give(members[1], 1);
      return revoked;
    }

    /** A member dies and is back; what its static partition is told meanwhile. */
    long[] bounce(int member, int awayMs, boolean taken) {
      long died = story.end(members[member], How.CRASHED);
      story.sleep(awayMs);
      long given = taken ? give(members[1 - member], member) : -1;
      members[member] = nextProcess++;
      start(member);
      return new long[] {died, given, give(members[member], member)};
    }

    Group live() {
      for (int i = random.nextInt(5); i >= 0; i--) {
        poll(1 + random.nextInt(3));
        if (fixed) {
          bounce(random.nextInt(2), random.nextInt(5_000), false);
        } else {
          rebalance(random.nextInt(8));
        }
      }
      poll(2);
      return this;
    }

    Finding rebalances() {
      story.phase(Name.FINAL_READ);
      return new RebalanceChecker().check(story.history(), Story.rules(-1));
    }

    Finding staticMembers() {
      return new StaticMemberChecker().check(story.history(), Story.rules(-1));
    }
  }

  @Property(tries = 300)
  void whatGroupsDoIsNeverFlagged(@ForAll long seed) {
    assertEquals(List.of(), new Group(seed, false).live().rebalances().anomalies());
    Finding still = new Group(seed, true).live().staticMembers();
    assertEquals(List.of(), still.anomalies());
    assertTrue(still.statistics().get("static-members-back-in-time") > 0);
  }

  @Property(tries = TRIES)
  @Injects(AnomalyKind.UNOWNED)
  void aRebalanceThatTakesTooLong(@ForAll long seed) {
    Group group = new Group(seed, false).live();
    long revoked = group.rebalance(LIMIT_MS / 1_000 + 1 + group.random.nextInt(5));
    List<Anomaly> found = group.rebalances().anomalies();
    assertEquals(PARTITIONS, found.stream().map(Anomaly::partition).toList());
    assertTrue(found.get(0).operations().contains(revoked), found::toString);
    found.forEach(each -> assertEquals(AnomalyKind.UNOWNED, each.kind()));
  }

  @Property(tries = TRIES)
  @Injects(AnomalyKind.NEEDLESS_REBALANCE)
  void whatAStaticMemberHadIsGivenAway(@ForAll long seed) {
    Group group = new Group(seed, true).live();
    int member = group.random.nextInt(2);
    long[] proof = group.bounce(member, group.random.nextInt(5_000), true);
    List<Anomaly> found = group.staticMembers().anomalies();
    assertEquals(1, found.size(), found::toString);
    assertEquals(AnomalyKind.NEEDLESS_REBALANCE, found.get(0).kind());
    assertEquals(List.of(proof[0], proof[1], proof[2]), found.get(0).operations());
    assertEquals(PARTITIONS.get(member), found.get(0).partition());
  }

  @Property(tries = TRIES)
  void whoComesBackTooLateFindsItGivenAway(@ForAll long seed) {
    Group group = new Group(seed, true).live();
    group.bounce(group.random.nextInt(2), 6_000, true);
    assertEquals(List.of(), group.staticMembers().anomalies());
  }
}
