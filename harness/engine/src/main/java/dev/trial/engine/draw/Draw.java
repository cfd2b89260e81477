package dev.trial.engine.draw;

import dev.trial.claims.Claim;
import dev.trial.claims.Claims;
import dev.trial.claims.Experiment;
import dev.trial.core.world.RandomStream;
import dev.trial.engine.campaign.RunRequest;
import dev.trial.engine.campaign.Specs;
import dev.trial.engine.targets.Target;
import dev.trial.workloads.plan.Workloads;
import java.util.List;

/**
 * Draws a run from a seed: every other one puts a claim on trial, in which a schedule aims at one
 * mechanism; the others explore, with whatever cluster, settings, workload and faults come
 * together.
 */
public final class Draw {
  private static final double CLAIM = 0.5;
  private static final long LOAD_MS_MIN = 10_000;
  private static final long LOAD_MS_MAX = 20_000;

  private final Target target;
  private final String client;
  private final List<String> mutants;
  private final List<OfClaim> claims;
  private final Exploration exploration;

  private record OfClaim(Claim claim, Experiment half) {}

  /**
   * Draws for one world.
   *
   * @param client version of kafka-clients; an experiment about one version keeps that
   * @param mutants defects of the reference cluster
   */
  public Draw(Target target, String client, List<String> mutants) {
    this.target = target;
    this.client = client;
    this.mutants = List.copyOf(mutants);
    this.claims =
        Claims.all().values().stream()
            .flatMap(claim -> claim.halves().stream().map(half -> new OfClaim(claim, half)))
            .toList();
    this.exploration = new Exploration(target, client, mutants);
  }

  /** The run of a seed. */
  public Drawn of(long seed) {
    RandomStream random = new RandomStream(seed).fork("draw");
    return random.chance(CLAIM) ? claim(seed, random) : exploration.of(seed, random);
  }

  private Drawn claim(long seed, RandomStream random) {
    OfClaim drawn = random.pick(claims);
    long leastMs =
        Math.max(
            Specs.shortestLoadMs(drawn.claim, drawn.half, target),
            Workloads.of(drawn.half.workload()).loadMsMin());
    long fromMs = Math.max(LOAD_MS_MIN, leastMs);
    long loadMs = random.between(fromMs, Math.max(fromMs, LOAD_MS_MAX));
    RunRequest request =
        new RunRequest(
            name(seed),
            Specs.of(
                drawn.claim,
                drawn.half,
                target,
                client,
                seed,
                new Specs.Overrides(loadMs, mutants)),
            drawn.half,
            drawn.claim.sentence());
    String about = drawn.claim.name(drawn.half).toString();
    return new Drawn(seed, request, about, PlannedPoints.ofClaim(about, request.spec()));
  }

  /** What the run of a seed, and its directory, is called. */
  static String name(long seed) {
    return "seed-" + seed;
  }
}
