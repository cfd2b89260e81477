package dev.trial.app.command;

import dev.trial.app.input.Amounts;
import dev.trial.app.input.ChosenProfile;
import dev.trial.app.input.OutputPath;
import dev.trial.app.table.ComparePage;
import dev.trial.app.table.CompareTable;
import dev.trial.claims.FreeRun;
import dev.trial.claims.NamedProfiles;
import dev.trial.claims.OwnProfile;
import dev.trial.core.input.Lengths;
import dev.trial.core.input.SeedRange;
import dev.trial.core.input.UsageException;
import dev.trial.core.run.RunSpec;
import dev.trial.core.verdict.Outcome;
import dev.trial.engine.compare.Comparison;
import dev.trial.engine.compare.Contender;
import dev.trial.engine.compare.Standing;
import dev.trial.engine.targets.Target;
import dev.trial.engine.targets.Targets;
import dev.trial.engine.work.Cores;
import dev.trial.results.store.RunsLock;
import dev.trial.results.store.WholeFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code trial compare}: profiles and client versions under the same seeds and faults. */
@Command(
    name = "compare",
    description = "Holds the same seeds and faults against several profiles, side by side.",
    mixinStandardHelpOptions = true)
final class CompareCommand implements Callable<Integer> {
  private static final long LOAD_MS = 30_000;
  private static final String LOCK = "compare";

  @Option(
      names = "--profiles",
      paramLabel = "A,B",
      split = ",",
      description = "names of profiles, or files of settings (default: six that differ)")
  private List<String> profiles =
      List.of("safe", "fast", "acks-0", "not-idempotent", "min-isr-1", "unclean-election");

  @Option(
      names = "--clients",
      paramLabel = "V,W",
      split = ",",
      description = "kafka-clients versions, each with every profile")
  private List<String> clients;

  @Option(names = "--workload", paramLabel = "W", description = "(default: produce-consume)")
  private String workload = "produce-consume";

  @Option(
      names = "--faults",
      paramLabel = "F",
      split = ",",
      description = "a schedule, or families of faults (default: eight schedules in turn)")
  private List<String> faults;

  @Option(
      names = {"--seeds", "--seed"},
      paramLabel = "A..B",
      description = "seeds (default: 1..8)")
  private String seeds = "1..8";

  @Option(names = "--time", paramLabel = "30s", description = "length of the load of each run")
  private String time;

  @Option(names = "--target", paramLabel = "T", description = "the world (default: sim)")
  private String target = RunSpec.SIMULATION;

  @Option(names = "--out", paramLabel = "DIR", description = "where witnesses are stored")
  private Path out = Targets.home().resolve("results").resolve("runs");

  @Option(names = "--parallel", paramLabel = "N", description = "simulated runs at a time")
  private String parallel = String.valueOf(Runtime.getRuntime().availableProcessors());

  @Option(names = "--json", description = "the table as a JSON line")
  private boolean json;

  @Option(names = "--html", paramLabel = "FILE", description = "the table as a page")
  private Path html;

  @Override
  public Integer call() {
    SeedRange range = SeedRange.parse(seeds);
    int workers = Amounts.parallel(parallel);
    long loadMs = time == null ? LOAD_MS : Lengths.millis("--time", time);
    OutputPath.check(out);
    OutputPath.checkFile("--html", html);
    List<Contender> contenders = contenders();
    range.checkRuns(contenders.size());
    contenders.forEach(
        each -> FreeRun.of(workload, List.of("none"), each.profile(), each.client()));
    try (Target world = Targets.open(target, contenders.get(0).client());
        RunsLock lock = OutputPath.lock(out);
        Cores cores = new Cores(workers)) {
      if (!lock.take(LOCK, 1, 1)) {
        throw new UsageException(out + ": another comparison is at work there");
      }
      Comparison comparison = new Comparison(world, workload, mechanisms(), loadMs, out);
      return told(comparison.of(contenders, range.stream(), cores));
    }
  }

  private List<List<String>> mechanisms() {
    if (faults == null) {
      return Comparison.TELLING.stream().map(List::of).toList();
    }
    FreeRun.of(workload, faults, NamedProfiles.of("default"), Targets.DEFAULT_CLIENT);
    return List.of(faults);
  }

  private List<Contender> contenders() {
    List<Contender> contenders = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (String each : profiles) {
      OwnProfile own = ChosenProfile.of(each);
      for (String client : versions(own)) {
        Targets.clientJar(client);
        String name = NamedProfiles.nameOf(each) + (versions(own).size() > 1 ? "_" + client : "");
        if (!names.add(name)) {
          throw new UsageException("--profiles: two are called " + name);
        }
        contenders.add(new Contender(name, own.profile(), client));
      }
    }
    return contenders;
  }

  private List<String> versions(OwnProfile own) {
    return clients == null
        ? List.of(own.clientUnless(null, Targets.DEFAULT_CLIENT))
        : clients.stream().distinct().toList();
  }

  /** Runs that the page leads to. */
  private List<Path> witnesses(List<Standing> standings) {
    return standings.stream()
        .flatMap(standing -> standing.harms().values().stream())
        .map(suffered -> out.resolve(suffered.witness()))
        .distinct()
        .toList();
  }

  private List<String> about() {
    return List.of(
        "workload", workload,
        "faults", faults == null ? "a mix of schedules, in turn" : String.join(", ", faults),
        "seeds", seeds,
        "world", target);
  }

  private int told(List<Standing> standings) {
    CompareTable table = new CompareTable(standings);
    if (json) {
      System.out.println(table.json());
    } else {
      table.lines().forEach(System.out::println);
      System.out.println();
      System.out.println("harms: runs of all runs (records or pieces of work); their first runs:");
      table.witnesses("./trial replay " + out + "/").forEach(System.out::println);
    }
    if (html != null) {
      witnesses(standings).forEach(ReportCommand::write);
      WholeFile.write(html, new ComparePage(standings, html, out).page(about()));
    }
    standings.forEach(
        standing ->
            standing.silent().forEach(each -> System.err.println("trial: unknown: " + each)));
    List<String> notAllowed =
        standings.stream().flatMap(standing -> standing.notAllowed().stream()).toList();
    notAllowed.forEach(each -> System.err.println("trial: no such settings give it away: " + each));
    return ExitCode.of(
        standings.stream().map(Standing::outcome).reduce(Outcome.NOT_APPLICABLE, Outcome::orWorse));
  }
}
