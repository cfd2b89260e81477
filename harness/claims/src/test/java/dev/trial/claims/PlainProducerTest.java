package dev.trial.claims;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.trial.checkers.expectation.RunOutcome;
import dev.trial.core.run.HalfName;
import dev.trial.core.verdict.Anomaly;
import dev.trial.core.verdict.AnomalyKind;
import dev.trial.core.verdict.Cause;
import dev.trial.core.verdict.Finding;
import dev.trial.core.verdict.Outcome;
import dev.trial.core.verdict.Validity;
import dev.trial.core.verdict.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * A producer without idempotence stores again what a slow leader had stored when the request timed
 * out. On a busy machine any run may have that: no claim about such a producer takes it for a bug.
 */
class PlainProducerTest {

  @Test
  void mayStoreTwiceUnderEveryClaim() {
    List<String> strict = new ArrayList<>();
    int plain = 0;
    for (Claim claim : Claims.all().values()) {
      for (Experiment each : claim.halves()) {
        if (plain(each) && judges(each, AnomalyKind.DUPLICATE)) {
          plain++;
          if (outcome(each, AnomalyKind.DUPLICATE) == Outcome.FINDING) {
            strict.add(claim.name(each).toString());
          }
        }
      }
    }
    assertFalse(plain == 0);
    assertEquals(List.of(), strict);
  }

  @Test
  void keepsItsOrderWithOneRequestInFlight() {
    Experiment one =
        Claims.all().get("in-flight-reorder").half(new HalfName("one-in-flight")).orElseThrow();
    assertEquals(Outcome.FINDING, outcome(one, AnomalyKind.SEND_REORDER));
    assertEquals(Outcome.FINDING, outcome(one, AnomalyKind.LOST_WRITE));
  }

  private static boolean plain(Experiment experiment) {
    Map<String, String> producer = experiment.profile().producer();
    return "false".equals(producer.get("enable.idempotence"))
        && !"0".equals(producer.get("retries"));
  }

  private static boolean judges(Experiment experiment, AnomalyKind kind) {
    return experiment.judged().isEmpty() || experiment.judged().contains(kind);
  }

  private static Outcome outcome(Experiment experiment, AnomalyKind kind) {
    Anomaly seen =
        new Anomaly(kind, null, List.of(), List.of(), List.of(), Cause.UNEXPLAINED, "seen");
    Finding finding = new Finding("content", List.of(seen), null, Map.of());
    Verdict verdict = new Verdict(Validity.INVALID, List.of(finding));
    return RunOutcome.judge(experiment.expectation(), verdict).outcome();
  }
}
