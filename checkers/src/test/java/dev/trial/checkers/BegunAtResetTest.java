package dev.trial.checkers;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.trial.core.history.Action;
import dev.trial.core.history.Action.Rebalance.Change;
import dev.trial.core.history.Action.Start.Kind;
import dev.trial.core.history.PartitionId;
import dev.trial.core.verdict.Anomaly;
import dev.trial.core.verdict.AnomalyKind;
import dev.trial.core.verdict.Cause;
import dev.trial.core.verdict.Rules;
import dev.trial.core.verdict.Vacuity;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A group leaves a record out, and auto.offset.reset does or does not explain it. */
class BegunAtResetTest {
  private static final int ONE = 2;
  private static final int OTHER = 3;

  private final Story story = new Story();

  @BeforeEach
  void members() {
    story
        .start(Story.PRODUCER, Kind.PRODUCER)
        .start(ONE, Kind.CONSUMER)
        .start(OTHER, Kind.CONSUMER);
    for (long offset = 0; offset < 5; offset++) {
      story.send(100 + offset, offset);
    }
  }

  /** The first owner was given 0, so the group has gone past what nobody was given later. */
  private void oneReadsTheFirst() {
    story.assigned(ONE, 1);
    story.committed(ONE, -1);
    story.poll(ONE, 0, 100);
    story.rebalance(ONE, Change.REVOKED, 1);
  }

  /** What was left out, with the one cause of all of it. */
  private Cause cause(String reset, long... values) {
    TreeMap<Long, Long> log = new TreeMap<>();
    for (long offset = 0; offset < 5; offset++) {
      log.put(offset, 100 + offset);
    }
    story.finalRead(log, 5);
    Rules rules =
        new Rules(-1, 2, Set.of(Story.GROUP), Map.of(Story.GROUP, reset), Set.of(), Vacuity.NEVER);
    List<Anomaly> left =
        Story.of(Judge.judge(story.history(), rules), AnomalyKind.SKIPPED_BY_GROUP);
    assertEquals(
        Arrays.stream(values).boxed().toList(),
        left.stream().map(each -> each.values().get(0)).toList());
    Set<Cause> causes = left.stream().map(Anomaly::cause).collect(Collectors.toSet());
    assertEquals(1, causes.size());
    return causes.iterator().next();
  }

  @Test
  void whoHadNothingCommittedBeganBehindIt() {
    oneReadsTheFirst();
    story.assigned(OTHER, 2);
    story.committed(OTHER, -1);
    story.poll(OTHER, 3, 103, 4, 104);
    assertEquals(Cause.BEGUN_AT_RESET, cause("latest", 101, 102));
  }

  /** The committed position of an owner that was given nothing says where it began. */
  @Test
  void soDidWhoCommittedThatPlace() {
    oneReadsTheFirst();
    story.assigned(OTHER, 2);
    story.committed(OTHER, -1);
    story.commit(OTHER, 3);
    story.rebalance(OTHER, Change.REVOKED, 2);
    story.assigned(ONE, 3);
    story.committed(ONE, 3);
    story.poll(ONE, 3, 103, 4, 104);
    assertEquals(Cause.BEGUN_AT_RESET, cause("latest", 101, 102));
  }

  @Test
  void whatWasCommittedIsWhereItHadToBegin() {
    oneReadsTheFirst();
    story.commit(ONE, 1);
    story.assigned(OTHER, 2);
    story.committed(OTHER, 1);
    story.poll(OTHER, 3, 103, 4, 104);
    assertEquals(Cause.UNEXPLAINED, cause("latest", 101, 102));
  }

  @Test
  void anAnswerThatNobodySawExplainsNothing() {
    oneReadsTheFirst();
    story.assigned(OTHER, 2);
    story.poll(OTHER, 3, 103, 4, 104);
    assertEquals(Cause.UNEXPLAINED, cause("latest", 101, 102));
  }

  @Test
  void norDoesTheAnswerOfAnotherMember() {
    oneReadsTheFirst();
    story.assigned(OTHER, 2);
    story.committed(ONE, -1);
    story.poll(OTHER, 3, 103, 4, 104);
    assertEquals(Cause.UNEXPLAINED, cause("latest", 101, 102));
  }

  @Test
  void norOneOfAnotherPartition() {
    oneReadsTheFirst();
    story.assigned(OTHER, 2);
    PartitionId elsewhere = new PartitionId(Story.P0.topic(), 1);
    story.fact(OTHER, new Action.Committed(Story.GROUP, Map.of(elsewhere, -1L), null));
    story.poll(OTHER, 3, 103, 4, 104);
    assertEquals(Cause.UNEXPLAINED, cause("latest", 101, 102));
  }

  @Test
  void whoBeganBeforeItHasLeftItOutOtherwise() {
    story.assigned(ONE, 1);
    story.committed(ONE, -1);
    story.poll(ONE, 0, 100);
    story.poll(ONE, 3, 103, 4, 104);
    assertEquals(Cause.UNEXPLAINED, cause("latest", 101, 102));
  }

  @Test
  void evenInOnePoll() {
    story.assigned(ONE, 1);
    story.committed(ONE, -1);
    story.poll(ONE, 0, 100, 3, 103, 4, 104);
    assertEquals(Cause.UNEXPLAINED, cause("latest", 101, 102));
  }

  @Test
  void whereThePolicyIsNoneNothingIsReset() {
    oneReadsTheFirst();
    story.assigned(OTHER, 2);
    story.committed(OTHER, -1);
    story.poll(OTHER, 3, 103, 4, 104);
    assertEquals(Cause.UNEXPLAINED, cause("none", 101, 102));
  }

  @Test
  void whereThePolicyIsEarliestItIsTooLate() {
    oneReadsTheFirst();
    story.assigned(OTHER, 2);
    story.committed(OTHER, -1);
    story.poll(OTHER, 3, 103, 4, 104);
    assertEquals(Cause.UNEXPLAINED, cause("earliest", 101, 102));
  }
}
