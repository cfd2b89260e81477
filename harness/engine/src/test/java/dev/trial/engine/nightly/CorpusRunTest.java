package dev.trial.engine.nightly;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.trial.claims.Claim;
import dev.trial.claims.Claims;
import dev.trial.claims.Experiment;
import dev.trial.core.run.RunSpec;
import dev.trial.core.verdict.Outcome;
import dev.trial.engine.campaign.RunHouse;
import dev.trial.engine.campaign.RunRequest;
import dev.trial.engine.campaign.Specs;
import dev.trial.engine.corpus.Entry;
import dev.trial.engine.corpus.State;
import dev.trial.engine.targets.Target;
import dev.trial.engine.targets.Targets;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;

/** A claim is not tried by a run in which next to nothing happens; an entry of the corpus is. */
class CorpusRunTest {
  private static final LocalDate DAY = LocalDate.parse("2026-03-01");

  @Test
  void aSmallRunTellsWhetherItShowsWhatItOnceShowed() {
    try (Target target = Targets.simulation(held -> {})) {
      Claim claim = Claims.all().get("acks-all-min-isr-2");
      Experiment half = claim.halves().get(0);
      RunSpec whole =
          Specs.of(claim, half, target, Targets.DEFAULT_CLIENT, 1, Specs.Overrides.NONE);
      RunSpec small = whole.withFaults(whole.faults().subList(0, 1)).withLoadMs(20);
      RunHouse house = new RunHouse(target, null);
      RunRequest asClaim = new RunRequest("small", small, half, claim.sentence());
      assertEquals(Outcome.UNKNOWN, house.run(asClaim).outcome().outcome());
      Entry entry =
          new Entry(Nights.LOST, "acks-all-min-isr-2", "lost", State.OPEN, DAY, DAY, small);
      RunRequest ofCorpus = new CorpusRun(entry).request(target, Nights.plan(1));
      assertEquals(Outcome.AS_EXPECTED, house.run(ofCorpus).outcome().outcome());
    }
  }
}
