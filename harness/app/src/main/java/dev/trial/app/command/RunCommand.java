package dev.trial.app.command;

import dev.trial.app.ci.CiFiles;
import dev.trial.app.input.Amounts;
import dev.trial.app.input.ChosenProfile;
import dev.trial.app.input.OutputPath;
import dev.trial.broker.defect.Defect;
import dev.trial.claims.Claim;
import dev.trial.claims.Claims;
import dev.trial.claims.Experiment;
import dev.trial.claims.FreeRun;
import dev.trial.claims.NamedClaims;
import dev.trial.claims.NamedProfiles;
import dev.trial.claims.OwnProfile;
import dev.trial.core.input.Lengths;
import dev.trial.core.input.MissingMeansException;
import dev.trial.core.input.SeedRange;
import dev.trial.core.input.UsageException;
import dev.trial.core.json.Nearest;
import dev.trial.core.run.RunSpec;
import dev.trial.engine.campaign.Campaign;
import dev.trial.engine.campaign.RequestSeries;
import dev.trial.engine.campaign.RunRequest;
import dev.trial.engine.campaign.Specs;
import dev.trial.engine.targets.Target;
import dev.trial.engine.targets.Targets;
import dev.trial.engine.work.ProcessEnd;
import dev.trial.results.store.RunsLock;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code trial run}: claims, or a free combination of workload and faults, over seeds. */
@Command(
    name = "run",
    description = "Puts claims on trial; without flags the core claims, five seeds each.",
    mixinStandardHelpOptions = true)
final class RunCommand implements Callable<Integer> {
  private static final long DEFAULT_SEEDS = 5;

  @Option(names = "--all", description = "every claim")
  private boolean all;

  @Option(
      names = "--claim",
      paramLabel = "ID",
      split = ",",
      description = "this claim, or ID/HALF for one half of it (several: ID,ID)")
  private List<String> claims = List.of();

  @Option(names = "--workload", paramLabel = "W", description = "a free run of this workload")
  private String workload;

  @Option(
      names = "--faults",
      paramLabel = "F",
      split = ",",
      description = "schedule or fault families of a free run (default: swarm)")
  private List<String> faults;

  @Option(
      names = "--profile",
      paramLabel = "P",
      description =
          "settings of a free run: a profile's name, or a file of settings (docs/profiles.md)")
  private String profile;

  @Option(names = "--target", paramLabel = "T", description = "the world (default: sim)")
  private String target = RunSpec.SIMULATION;

  @Option(
      names = "--client",
      paramLabel = "VERSION",
      description = "kafka-clients version; an experiment about one version keeps that")
  private String client;

  @Option(
      names = {"--seeds", "--seed"},
      paramLabel = "A..B",
      description = "seeds (default: 1..5)")
  private String seeds = "1.." + DEFAULT_SEEDS;

  @Option(names = "--time", paramLabel = "60s", description = "length of the load of each run")
  private String time;

  @Option(names = "--mutant", paramLabel = "M", description = "a defect of the reference cluster")
  private List<String> mutants = List.of();

  @Option(names = "--out", paramLabel = "DIR", description = "where run directories go")
  private Path out = Targets.home().resolve("results").resolve("runs");

  @Option(names = "--parallel", paramLabel = "N", description = "simulated runs at a time")
  private String parallel = String.valueOf(Runtime.getRuntime().availableProcessors());

  @Option(names = "--json", description = "a JSON line a run, and a summary line")
  private boolean json;

  @Mixin private final CiFiles files = new CiFiles();

  @Override
  public Integer call() {
    SeedRange range = SeedRange.parse(seeds);
    int workers = Amounts.parallel(parallel);
    mutants = mutants.stream().distinct().toList();
    mutants.forEach(RunCommand::checkMutant);
    checkMutantsOf(target, mutants);
    Specs.Overrides overrides =
        new Specs.Overrides(time == null ? 0 : Lengths.millis("--time", time), mutants);
    OutputPath.check(out);
    files.check();
    List<Claim> chosen = chosen();
    range.checkRuns(chosen.stream().mapToInt(claim -> claim.halves().size()).sum());
    try (Target world = Targets.open(target, client);
        RunsLock lock = OutputPath.lock(out)) {
      RequestSeries requests = requests(chosen, world, range, overrides);
      take(lock, chosen, world, range);
      boolean terminal = System.console() != null;
      RunPrinter printer = new RunPrinter(chosen, range.size(), json, files);
      Campaign campaign = new Campaign(world, out, workers, terminal && !json);
      return held(campaign, requests, printer);
    }
  }

  /** However it ends, what was finished is printed. */
  private static int held(Campaign campaign, RequestSeries requests, RunPrinter printer) {
    ProcessEnd.Registration interrupted =
        ProcessEnd.then(
            () -> {
              campaign.showFinished();
              printer.conclude();
            });
    try {
      campaign.run(requests, printer::add);
    } catch (MissingMeansException broken) {
      printer.conclude();
      throw broken;
    } finally {
      interrupted.close();
    }
    return printer.conclude();
  }

  private void take(RunsLock lock, List<Claim> chosen, Target world, SeedRange range) {
    for (Claim claim : chosen) {
      for (Experiment half : claim.halves()) {
        String series = series(claim, half, world);
        if (!lock.take(series, range.first(), range.size())) {
          throw new UsageException(
              out
                  + ": another trial is at runs of "
                  + series
                  + " with these seeds there: wait for its end, or choose another --out");
        }
      }
    }
  }

  private List<Claim> chosen() {
    if (workload != null) {
      if (all || !claims.isEmpty()) {
        throw new UsageException("--workload makes a free run: leave --claim and --all out");
      }
      OwnProfile own = ChosenProfile.of(settings());
      client = own.clientUnless(client, Targets.DEFAULT_CLIENT);
      return List.of(FreeRun.of(workload, freeFaults(), own.profile(), client));
    }
    client = client == null ? Targets.DEFAULT_CLIENT : client;
    if (profile != null) {
      throw new UsageException(
          "--profile goes with --workload: a claim brings the settings it speaks of");
    }
    if (faults != null) {
      throw new UsageException(
          "--faults goes with --workload: a claim brings the faults it speaks of");
    }
    if (all) {
      if (!claims.isEmpty()) {
        throw new UsageException("--all is every claim: leave --claim out, or --all");
      }
      return List.copyOf(Claims.all().values());
    }
    return claims.isEmpty() ? Claims.core() : NamedClaims.all(claims);
  }

  private List<String> freeFaults() {
    return faults == null ? List.of("swarm") : faults;
  }

  private String settings() {
    return profile == null ? "default" : profile;
  }

  static void checkMutant(String id) {
    List<String> known = Arrays.stream(Defect.values()).map(Defect::id).toList();
    if (!known.contains(id)) {
      throw new UsageException(
          Nearest.explain("mutant", id, known) + "; ./trial mutants lists them");
    }
  }

  /** Real Kafka would run without the defect, and the run be kept under its name. */
  static void checkMutantsOf(String target, List<String> mutants) {
    if (!mutants.isEmpty() && Targets.isKafka(target)) {
      throw new UsageException(
          "--mutant "
              + mutants.get(0)
              + ": a defect of the reference cluster, which real Kafka has not; leave it out, or"
              + " write --target sim or reference");
    }
  }

  /** The first run of each experiment is made now: what its faults need is told before any run. */
  private RequestSeries requests(
      List<Claim> chosen, Target world, SeedRange range, Specs.Overrides overrides) {
    List<RequestSeries> series = new ArrayList<>();
    for (Claim claim : chosen) {
      for (Experiment half : claim.halves()) {
        RequestSeries each =
            new RequestSeries(range, seed -> request(claim, half, world, seed, overrides));
        each.get(0);
        series.add(each);
      }
    }
    return series.stream().reduce(RequestSeries::then).orElseThrow();
  }

  private RunRequest request(
      Claim claim, Experiment half, Target world, long seed, Specs.Overrides overrides) {
    return new RunRequest(
        name(claim, half, world, seed),
        Specs.of(claim, half, world, client, seed, overrides),
        half,
        claim.sentence(),
        workload == null ? claim.id() : NamedProfiles.nameOf(settings()));
  }

  private String name(Claim claim, Experiment half, Target world, long seed) {
    return series(claim, half, world) + "_" + seed;
  }

  /** What all runs of an experiment are called, but for the seed. */
  private String series(Claim claim, Experiment half, Target world) {
    List<String> parts = new ArrayList<>(subject(claim));
    if (!half.half().only()) {
      parts.add(half.half().text());
    }
    if (!client.equals(Targets.DEFAULT_CLIENT)) {
      parts.add("client-" + client);
    }
    parts.addAll(mutants);
    parts.add(world.name().replace(':', '-').replace('/', '-'));
    return String.join("_", parts);
  }

  private List<String> subject(Claim claim) {
    return workload == null
        ? List.of(claim.id())
        : FreeRun.nameParts(workload, freeFaults(), NamedProfiles.nameOf(settings()));
  }
}
