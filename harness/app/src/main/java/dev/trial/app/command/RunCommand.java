package dev.trial.app.command;

import dev.trial.app.ci.CiFiles;
import dev.trial.app.input.Amounts;
import dev.trial.app.input.OutputPath;
import dev.trial.broker.defect.Defect;
import dev.trial.claims.Claim;
import dev.trial.claims.Claims;
import dev.trial.claims.Experiment;
import dev.trial.claims.NamedClaims;
import dev.trial.claims.OwnProfile;
import dev.trial.core.fault.ScheduledFault;
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
import picocli.CommandLine.Parameters;

/** {@code trial run}: claims, or a free combination of workload and faults, over seeds. */
@Command(
    name = "run",
    description = "Puts claims on trial; without flags the core claims, five seeds each.",
    mixinStandardHelpOptions = true)
final class RunCommand implements Callable<Integer> {
  private static final long DEFAULT_SEEDS = 5;

  @Parameters(
      arity = "0..1",
      paramLabel = "SPEC",
      description = "a spec, also one that you changed, or a run directory: judges that")
  private Path file;

  @Option(names = "--all", description = "every claim")
  private boolean all;

  @Option(
      names = "--claim",
      paramLabel = "ID",
      split = ",",
      description = "this claim, or ID/HALF for one half of it (several: ID,ID)")
  private List<String> claims = List.of();

  @Mixin private final FreeOptions free = new FreeOptions();

  @Option(names = "--target", paramLabel = "T", description = "the world (default: sim)")
  private String target;

  @Option(
      names = "--client",
      paramLabel = "VERSION",
      description = "kafka-clients version; an experiment about one version keeps that")
  private String client;

  @Option(
      names = {"--seeds", "--seed"},
      paramLabel = "A..B",
      description = "seeds (default: 1..5; of a SPEC its own)")
  private String seeds;

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

  private OwnSpec own;

  @Mixin private final CiFiles files = new CiFiles();

  @Override
  public Integer call() {
    SeedRange range = SeedRange.parse(seeds == null ? "1.." + DEFAULT_SEEDS : seeds);
    int workers = Amounts.parallel(parallel);
    mutants = mutants.stream().distinct().toList();
    mutants.forEach(RunCommand::checkMutant);
    long loadMs = time == null ? 0 : Lengths.millis("--time", time);
    OutputPath.check(out);
    files.check();
    if (file != null) {
      own = own(loadMs);
      range = seeds == null ? new SeedRange(own.spec().seed(), own.spec().seed()) : range;
    }
    List<Claim> chosen = chosen();
    target = target == null ? RunSpec.SIMULATION : target;
    checkMutantsOf(target, mutants);
    range.checkRuns(chosen.stream().mapToInt(claim -> claim.halves().size()).sum());
    return held(chosen, range, overrides(loadMs, chosen.get(0)), workers);
  }

  private Specs.Overrides overrides(long loadMs, Claim chosen) {
    long ownMs = loadMs > 0 ? loadMs : chosen.halves().get(0).loadMs();
    List<ScheduledFault> faults = free.faults(ownMs);
    return new Specs.Overrides(faults == null ? loadMs : ownMs, mutants, faults);
  }

  private Integer held(
      List<Claim> chosen, SeedRange range, Specs.Overrides overrides, int workers) {
    try (Target world = Targets.open(target, client);
        RunsLock lock = OutputPath.lock(out)) {
      RequestSeries requests = requests(chosen, world, range, overrides);
      take(lock, chosen, world, range);
      boolean terminal = System.console() != null;
      RunPrinter printer = new RunPrinter(chosen, range.size(), json, files);
      Campaign campaign = new Campaign(world, out, workers, terminal && !json);
      return held(campaign, requests, printer, overrides.faults() != null || own != null);
    }
  }

  /** What somebody wrote or changed, and what the command line says of it. */
  private OwnSpec own(long loadMs) {
    if (all || !claims.isEmpty() || free.given()) {
      throw new UsageException(
          file + ": is a spec, which says all: leave --claim, --all and --workload out");
    }
    OwnSpec read = OwnSpec.read(file).with(target, client, mutants).withLoadMs(loadMs);
    target = read.spec().target();
    client = read.spec().client();
    mutants = read.spec().mutants();
    return read;
  }

  /** However it ends, what was finished is printed. */
  private static int held(
      Campaign campaign, RequestSeries requests, RunPrinter printer, boolean written) {
    ProcessEnd.Registration interrupted =
        ProcessEnd.then(
            () -> {
              campaign.showFinished();
              printer.conclude();
            });
    try {
      campaign.run(
          requests,
          result -> {
            printer.add(result);
            tellMissed(written ? result.missed() : List.of());
          });
    } catch (MissingMeansException broken) {
      printer.conclude();
      throw broken;
    } finally {
      interrupted.close();
    }
    return printer.conclude();
  }

  /** Of faults that somebody wrote down: one that did nothing was meant otherwise. */
  private static void tellMissed(List<String> missed) {
    missed.forEach(each -> System.err.println("trial: " + each));
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
    if (free.given()) {
      if (all || !claims.isEmpty()) {
        throw new UsageException("--workload makes a free run: leave --claim and --all out");
      }
      OwnProfile profile = free.own();
      client = FreeOptions.client(profile, client);
      return List.of(free.claim(profile, client));
    }
    free.refuseWithout(own == null ? "a claim brings" : "a spec brings");
    client = client == null ? Targets.DEFAULT_CLIENT : client;
    if (own != null) {
      return List.of(own.claim());
    }
    if (all) {
      if (!claims.isEmpty()) {
        throw new UsageException("--all is every claim: leave --claim out, or --all");
      }
      return List.copyOf(Claims.all().values());
    }
    return claims.isEmpty() ? Claims.core() : NamedClaims.all(claims);
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
    if (own != null) {
      return own.request(seed);
    }
    return new RunRequest(
        name(claim, half, world, seed),
        Specs.of(claim, half, world, client, seed, overrides),
        half,
        claim.sentence(),
        free.given() ? free.profileName() : claim.id());
  }

  private String name(Claim claim, Experiment half, Target world, long seed) {
    return series(claim, half, world) + "_" + seed;
  }

  /** What all runs of an experiment are called, but for the seed. */
  private String series(Claim claim, Experiment half, Target world) {
    if (own != null) {
      return own.series();
    }
    List<String> parts = new ArrayList<>(free.given() ? free.nameParts() : List.of(claim.id()));
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
}
