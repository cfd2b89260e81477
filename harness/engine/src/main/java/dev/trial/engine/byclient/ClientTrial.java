package dev.trial.engine.byclient;

import dev.trial.checkers.expectation.ClaimOutcome;
import dev.trial.checkers.expectation.RunOutcome;
import dev.trial.claims.Claim;
import dev.trial.claims.ClientBug;
import dev.trial.claims.Experiment;
import dev.trial.core.input.SeedRange;
import dev.trial.core.run.ClaimName;
import dev.trial.core.verdict.Anomaly;
import dev.trial.core.verdict.Outcome;
import dev.trial.engine.campaign.Campaign;
import dev.trial.engine.campaign.RequestSeries;
import dev.trial.engine.campaign.RunRequest;
import dev.trial.engine.campaign.RunResult;
import dev.trial.engine.campaign.Specs;
import dev.trial.engine.targets.Target;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Claims held with one release of the clients. An experiment that has to break, and did not with
 * the seeds that were asked for, is given more until it breaks or has had twenty: how often it
 * breaks differs from release to release.
 */
public final class ClientTrial {
  /** As many as a claim has otherwise. */
  private static final long SEEDS_AT_ONCE = 5;

  /** What breaks in one run of ten is missed by these in one of eight; of five, in six of ten. */
  private static final long SEEDS_AT_MOST = 20;

  private final Target world;
  private final String client;
  private final int workers;
  private final boolean progress;

  /** With that release, in a world that was opened with it. */
  public ClientTrial(Target world, String client, int workers, boolean progress) {
    this.world = world;
    this.client = client;
    this.workers = workers;
    this.progress = progress;
  }

  private record Part(Claim claim, Experiment half) {}

  /** A verdict for each experiment that does not choose its release itself. */
  public List<ClientVerdict> of(List<Claim> claims, SeedRange seeds) {
    Map<Part, List<RunResult>> results = new LinkedHashMap<>();
    for (Claim claim : claims) {
      claim.halves().stream()
          .filter(half -> half.client().isEmpty())
          .forEach(half -> results.put(new Part(claim, half), new ArrayList<>()));
    }
    hold(results, List.copyOf(results.keySet()), seeds);
    long last = seeds.last();
    while (last < seeds.first() + SEEDS_AT_MOST - 1) {
      long next = seeds.first() + ((last - seeds.first() + 1) / SEEDS_AT_ONCE + 1) * SEEDS_AT_ONCE;
      List<Part> owed = results.keySet().stream().filter(part -> owes(part, results)).toList();
      hold(results, owed, new SeedRange(last + 1, next - 1));
      last = next - 1;
    }
    return results.entrySet().stream()
        .map(each -> verdict(each.getKey(), each.getValue()))
        .toList();
  }

  private boolean owes(Part part, Map<Part, List<RunResult>> results) {
    List<RunOutcome> outcomes = outcomes(results.get(part));
    ClaimOutcome judged = ClaimOutcome.judge(part.half.expectation(client), outcomes);
    return !outcomes.isEmpty() && judged.outcome() == Outcome.FINDING && judged.findings() == 0;
  }

  private void hold(Map<Part, List<RunResult>> results, List<Part> parts, SeedRange seeds) {
    Map<Experiment, Part> byExperiment = new IdentityHashMap<>();
    parts.forEach(part -> byExperiment.put(part.half, part));
    parts.stream()
        .map(part -> new RequestSeries(seeds, seed -> request(part, seed)))
        .reduce(RequestSeries::then)
        .ifPresent(
            requests ->
                new Campaign(world, null, workers, progress)
                    .run(
                        requests,
                        result ->
                            results
                                .get(byExperiment.get(result.request().experiment()))
                                .add(result)));
  }

  private RunRequest request(Part part, long seed) {
    return new RunRequest(
        name(part) + "_client-" + client + "_" + world.name() + "_" + seed,
        Specs.of(part.claim, part.half, world, client, seed, Specs.Overrides.NONE),
        part.half,
        part.claim.sentence());
  }

  private static ClaimName name(Part part) {
    return new ClaimName(part.claim.id(), part.half.half());
  }

  private static List<RunOutcome> outcomes(List<RunResult> results) {
    return results.stream().map(RunResult::outcome).filter(Objects::nonNull).toList();
  }

  private ClientVerdict verdict(Part part, List<RunResult> results) {
    List<RunOutcome> outcomes = outcomes(results);
    ClaimOutcome judged =
        outcomes.isEmpty() ? null : ClaimOutcome.judge(part.half.expectation(client), outcomes);
    Map<String, Integer> anomalies = new TreeMap<>();
    for (RunResult result : results) {
      result.summary().anomalies().keySet().forEach(kind -> anomalies.merge(kind, 1, Integer::sum));
    }
    return new ClientVerdict(
        client,
        name(part),
        results.size(),
        judged == null ? Outcome.NOT_APPLICABLE : judged.outcome(),
        anomalies,
        bugs(part.half),
        judged == null ? reason(results) : reason(judged, results));
  }

  private List<String> bugs(Experiment half) {
    return half.byClient().bugs().stream()
        .filter(bug -> bug.in(client))
        .map(ClientBug::issue)
        .sorted()
        .distinct()
        .toList();
  }

  private static String reason(List<RunResult> results) {
    return results.stream()
        .map(result -> result.summary().reason())
        .filter(Objects::nonNull)
        .findFirst()
        .orElse(null);
  }

  /** Of what nobody needs to look at there is none. */
  private static String reason(ClaimOutcome judged, List<RunResult> results) {
    if (judged.outcome().asItShouldBe()) {
      return null;
    }
    Stream<String> unexpected =
        outcomes(results).stream()
            .flatMap(outcome -> outcome.unexpected().stream())
            .map(Anomaly::sentence);
    String why = unexpected.findFirst().orElseGet(() -> reason(results));
    return why == null ? judged.reason() : judged.reason() + ": " + why;
  }
}
