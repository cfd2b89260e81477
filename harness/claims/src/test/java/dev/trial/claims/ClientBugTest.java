package dev.trial.claims;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trial.core.run.HalfName;
import dev.trial.core.verdict.Anomaly;
import dev.trial.core.verdict.AnomalyKind;
import dev.trial.core.verdict.Cause;
import dev.trial.core.verdict.Expectation;
import dev.trial.core.verdict.Symptom;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What depends on the clients' release is said by the claim, and told on a page with its proof. */
class ClientBugTest {
  private static final String PAGE = "docs/client-bugs.md";

  private static String page() throws IOException {
    Path at = Path.of("").toAbsolutePath();
    while (!Files.exists(at.resolve(PAGE))) {
      at = at.getParent();
    }
    return Files.readString(at.resolve(PAGE));
  }

  @Test
  void aClaimSaysWhichBugsItDependsOn() {
    Set<ClientBug> met = EnumSet.noneOf(ClientBug.class);
    for (Claim claim : Claims.all().values()) {
      for (Experiment half : claim.halves()) {
        for (ClientBug bug : half.byClient().bugs()) {
          met.add(bug);
          assertTrue(claim.expected().contains(bug.issue()), claim.name(half) + ": " + bug);
        }
      }
    }
    assertEquals(EnumSet.allOf(ClientBug.class), met);
  }

  @Test
  void eachIsToldWithItsProof() throws IOException {
    String page = page();
    for (ClientBug bug : ClientBug.values()) {
      assertTrue(page.contains("## ") && page.contains(bug.issue()), bug.issue());
      assertTrue(page.contains("./trial replay"), bug.issue());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "KAFKA_13794, 3.0.1, 3.0.2",
    "KAFKA_13794, 3.1.0, 3.1.1",
    "KAFKA_14830, 3.9.1, 3.9.2",
    "KAFKA_16107, 3.7.2, 3.8.0",
    "KAFKA_17066, 3.9.2, 4.0.0",
    "KAFKA_18641, 3.9.2, 4.0.0",
    "KAFKA_18641_AGAIN, 4.2.0, 4.2.1",
    "KAFKA_18641_AGAIN, 4.3.1, 4.3.0",
    "KAFKA_18641_AGAIN, 4.4.0, 4.1.2",
    "KAFKA_19012, 2.8.2, 3.9.2",
    "KAFKA_19012, 4.0.1, 4.0.2",
    "KAFKA_19012, 4.1.1, 4.1.2",
    "KAFKA_20321, 4.2.2, 4.3.0",
  })
  void releasesHaveItOrNot(ClientBug bug, String has, String hasNot) {
    assertTrue(bug.in(has));
    assertFalse(bug.in(hasNot));
  }

  @Test
  void onlyReleasesWithTheBugMayShowIt() {
    Experiment fidelity = Claims.all().get("record-fidelity").halves().get(0);
    assertEquals(new Expectation.Holds().id(), fidelity.expectation("4.3.1").id());
    assertFalse(fidelity.expectation("4.3.1") instanceof Expectation.ButForKnownBug);
    Expectation.ButForKnownBug but = (Expectation.ButForKnownBug) fidelity.expectation("3.9.1");
    assertTrue(
        but.explains(
            anomaly(
                AnomalyKind.WIRE_CORRUPTION,
                "The wire of producer-1 proved buffer-changed: bytes of a request changed")));
    assertTrue(
        but.explains(
            anomaly(
                AnomalyKind.PHANTOM, "reader-1 read value 7 at f1-1@3: topic: sent to f0, read")));
    assertFalse(
        but.explains(anomaly(AnomalyKind.PHANTOM, "reader-1 read value 7: nobody sent it.")));
    assertFalse(
        but.explains(
            anomaly(AnomalyKind.WIRE_CORRUPTION, "reader-1 refused a batch that it had fetched")));
    assertFalse(but.explains(anomaly(AnomalyKind.LOST_WRITE, "sent to ")));
  }

  private static Anomaly anomaly(AnomalyKind kind, String sentence) {
    return new Anomaly(kind, null, List.of(), List.of(), List.of(), Cause.UNEXPLAINED, sentence);
  }

  @Test
  void recordsBeforeTheAssignmentAreOneSymptomAndOtherDuplicatesAreNot() {
    Experiment first =
        Claims.all()
            .get("auto-commit-duplicates")
            .half(new HalfName(ConsumerClaims.KIP_848))
            .orElseThrow();
    String untold = ", which took the partition over at no time in between.";
    Expectation.ButForKnownBug but = (Expectation.ButForKnownBug) first.expectation("3.7.2");
    assertTrue(but.explains(anomaly(AnomalyKind.DUPLICATE_PROCESSING, "billing-1" + untold)));
    String told = "; offset 7 was committed when that one took over.";
    assertFalse(but.explains(anomaly(AnomalyKind.DUPLICATE_PROCESSING, "billing-1" + told)));
    assertFalse(but.explains(anomaly(AnomalyKind.LOST_PROCESSING, "billing-1" + untold)));
    Expectation.ButForKnownBug next = (Expectation.ButForKnownBug) first.expectation("3.8.1");
    assertFalse(next.explains(anomaly(AnomalyKind.DUPLICATE_PROCESSING, "billing-1" + untold)));
  }

  @Test
  void whatAReleaseDoesNotDoIsNotOwed() {
    Experiment unasked =
        Claims.all()
            .get("auto-commit-duplicates")
            .half(new HalfName(ConsumerClaims.KIP_848))
            .orElseThrow();
    assertTrue(unasked.expectation("4.3.1") instanceof Expectation.BreaksOnlyIf);
    Expectation.Breaks breaks = (Expectation.Breaks) unasked.expectation("4.0.0");
    assertEquals(Set.of(AnomalyKind.DUPLICATE_PROCESSING), breaks.shown());
    assertEquals(Set.of(), breaks.consequences());
    Expectation.ButForKnownBug first = (Expectation.ButForKnownBug) unasked.expectation("3.9.2");
    assertEquals(breaks, first.otherwise());
    assertEquals(
        List.of(Symptom.proven(AnomalyKind.LOST_PROCESSING, Cause.COMMITTED_UNASKED)),
        first.symptoms());
  }
}
