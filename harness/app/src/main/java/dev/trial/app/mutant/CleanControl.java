package dev.trial.app.mutant;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trial.claims.Claim;
import dev.trial.claims.Claims;
import dev.trial.claims.Experiment;
import dev.trial.core.run.RunSpec;
import dev.trial.engine.campaign.Campaign;
import dev.trial.engine.campaign.RunRequest;
import dev.trial.engine.campaign.RunResult;
import dev.trial.engine.campaign.Specs;
import dev.trial.engine.targets.Target;
import dev.trial.engine.targets.Targets;
import java.util.ArrayList;
import java.util.List;

/**
 * Every claim on the cluster without defects: whatever is found there is a false alarm, or news. A
 * run has half the load of its claim, or what its faults need.
 */
public final class CleanControl {
  private static final int SEEDS_MIN = 20;
  private static final int LOAD_PART = 2;

  private final Target target;
  private final Campaign campaign;

  public CleanControl(Target target, int workers) {
    this.target = target;
    this.campaign = new Campaign(target, null, workers, false);
  }

  /**
   * What came of it.
   *
   * @param findings one sentence for each run that was flagged or failed
   */
  public record Result(int runs, int claims, int undecided, List<String> findings) {

    /** One line. */
    public String sentence() {
      return "clean control: "
          + runs
          + " runs of "
          + claims
          + " claims, "
          + (findings.isEmpty() ? "no" : String.valueOf(findings.size()))
          + (findings.size() == 1 ? " finding" : " findings")
          + (undecided == 0 ? "" : "; " + undecided + " were too quiet for a verdict");
    }

    /** One JSON object. */
    public ObjectNode json() {
      ObjectNode node = new JsonMapper().createObjectNode();
      node.put("version", MutantScore.VERSION);
      node.put("clean_runs", runs).put("claims", claims).put("undecided", undecided);
      findings.forEach(node.putArray("findings")::add);
      return node;
    }
  }

  /** Holds at least so many runs, at least {@value #SEEDS_MIN} of each claim. */
  public Result run(int runsMin) {
    int claims = Claims.all().size();
    return seedsOfEach(Math.max(SEEDS_MIN, (runsMin + claims - 1) / claims));
  }

  /** Holds at least so many runs of each claim. */
  public Result seedsOfEach(int seeds) {
    List<RunRequest> requests = new ArrayList<>();
    Claims.all().values().forEach(claim -> requests.addAll(requests(claim, seeds)));
    List<String> findings = new ArrayList<>();
    int[] undecided = new int[1];
    campaign.run(requests, result -> judge(result, findings, undecided));
    return new Result(requests.size(), Claims.all().size(), undecided[0], findings);
  }

  private static void judge(RunResult result, List<String> findings, int[] undecided) {
    switch (result.summary().outcome()) {
      case NOT_APPLICABLE, AS_EXPECTED, WITNESS -> {}
      case UNKNOWN -> undecided[0]++;
      case FINDING, ERROR ->
          findings.add(
              result.summary().spec().claim()
                  + ", seed "
                  + result.summary().spec().seed()
                  + ": "
                  + result.summary().outcome().id()
                  + (result.summary().reason() == null ? "" : ", " + result.summary().reason()));
    }
  }

  private List<RunRequest> requests(Claim claim, int seeds) {
    List<RunRequest> requests = new ArrayList<>();
    int halves = claim.halves().size();
    for (Experiment experiment : claim.halves()) {
      for (long seed = 1; seed <= (seeds + halves - 1) / halves; seed++) {
        requests.add(
            new RunRequest(
                claim.id() + "_" + seed,
                spec(claim, experiment, seed),
                experiment,
                claim.sentence()));
      }
    }
    return requests;
  }

  private RunSpec spec(Claim claim, Experiment experiment, long seed) {
    long loadMs =
        Math.max(experiment.loadMs() / LOAD_PART, Specs.shortestLoadMs(claim, experiment, target));
    Specs.Overrides shorter = new Specs.Overrides(loadMs, List.of());
    return Specs.of(claim, experiment, target, Targets.DEFAULT_CLIENT, seed, shorter);
  }
}
