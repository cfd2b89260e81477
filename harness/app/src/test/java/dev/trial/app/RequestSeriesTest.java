package dev.trial.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.trial.claims.Claim;
import dev.trial.claims.Claims;
import dev.trial.core.input.SeedRange;
import dev.trial.engine.campaign.RequestSeries;
import dev.trial.engine.campaign.RunRequest;
import dev.trial.engine.campaign.Specs;
import dev.trial.engine.targets.Target;
import dev.trial.engine.targets.Targets;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The runs of a command are made when their turn comes, in the order of claims and seeds. */
class RequestSeriesTest {
  private final Target target = SpecFixture.simulation();

  private List<RunRequest> requests(Claim claim, String seeds) {
    return claim.halves().stream()
        .map(
            half ->
                new RequestSeries(
                    SeedRange.parse(seeds),
                    seed ->
                        new RunRequest(
                            half.half().text() + seed,
                            Specs.of(
                                claim,
                                half,
                                target,
                                Targets.DEFAULT_CLIENT,
                                seed,
                                Specs.Overrides.NONE),
                            half,
                            claim.sentence())))
        .reduce(RequestSeries::then)
        .orElseThrow();
  }

  @Test
  void aMillionAreThereAtOnce() {
    Claim claim = Claims.all().get("acks-all-min-isr-2");
    assertTimeoutPreemptively(
        Duration.ofSeconds(20),
        () -> {
          List<RunRequest> many = requests(claim, "1..1000000");
          assertEquals(1_000_000, many.size());
          assertEquals(1_000_000, many.get(999_999).spec().seed());
        });
  }

  @Test
  void halvesFollowEachOther() {
    Claim claim = Claims.all().get("in-flight-reorder");
    List<String> names = requests(claim, "3..4").stream().map(RunRequest::name).toList();
    assertEquals(
        Stream.of("five-in-flight3", "five-in-flight4", "one-in-flight3", "one-in-flight4")
            .toList(),
        names);
  }
}
