package dev.trial.checkers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.trial.core.history.Action.Described;
import dev.trial.core.history.Action.Start.Kind;
import dev.trial.core.history.Stage;
import dev.trial.core.verdict.Finding;
import dev.trial.core.verdict.Rules;
import dev.trial.core.verdict.Vacuity;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A run tells how a group moves from one protocol to the other only if it was seen to move. */
class GroupTypeTest {
  private static final int ADMIN = 5;

  private final Story story = new Story().start(ADMIN, Kind.ADMIN);

  private void seen(String type, int classic, int consumer) {
    long asked = story.add(ADMIN, Stage.INVOKE, -1, told(null, 0, 0));
    story.add(ADMIN, Stage.OK, asked, told(type, classic, consumer));
  }

  private static Described told(String type, int classic, int consumer) {
    return new Described(
        Story.GROUP, type, type == null ? null : "Stable", classic, consumer, null);
  }

  private Finding finding(String... types) {
    Rules rules =
        new Rules(
            -1,
            2,
            Set.of(Story.GROUP),
            Map.of(Story.GROUP, "earliest"),
            Set.of(),
            Vacuity.NEVER,
            Map.of(),
            6_000,
            List.of(types));
    return new GroupTypeChecker().check(story.history(), rules);
  }

  @Test
  void thereAndBackIsWhatWasAskedFor() {
    seen("classic", 3, 0);
    seen("classic", 3, 0);
    seen("consumer", 2, 1);
    seen("consumer", 0, 3);
    seen("classic", 3, 0);
    Finding finding = finding("classic", "consumer", "classic");
    assertNull(finding.unknown());
    assertEquals(2, finding.statistics().get("type-changes.g"));
    assertEquals(1, finding.statistics().get("seen-with-both-protocols.g"));
  }

  @Test
  void aGroupThatNeverCameBackProvesNothing() {
    seen("classic", 3, 0);
    seen("consumer", 0, 3);
    assertEquals(
        "group g was seen as classic, then consumer; classic, then consumer, then classic is needed"
            + " for a verdict",
        finding("classic", "consumer", "classic").unknown());
  }

  @Test
  void aGroupWithoutMembersIsOfNoType() {
    seen("classic", 3, 0);
    seen("consumer", 0, 0);
    seen("classic", 3, 0);
    assertEquals(0, finding().statistics().get("type-changes.g"));
    assertEquals(
        "group g was seen as classic; classic, then consumer is needed for a verdict",
        finding("classic", "consumer").unknown());
  }

  @Test
  void anAnswerThatNeverCameTellsNothing() {
    story.add(ADMIN, Stage.INFO, -1, told("consumer", 0, 3));
    assertEquals(
        "group g was seen as nothing; consumer is needed for a verdict",
        finding("consumer").unknown());
    assertNull(finding().unknown());
  }
}
