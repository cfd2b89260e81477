package dev.trial.engine.campaign;

import dev.trial.checkers.Judge;
import dev.trial.checkers.expectation.RunOutcome;
import dev.trial.containers.ContainersException;
import dev.trial.core.fault.FaultKind;
import dev.trial.core.fault.ScheduledFault;
import dev.trial.core.history.History;
import dev.trial.core.history.HistoryOrder;
import dev.trial.core.input.UsageException;
import dev.trial.core.json.OneLine;
import dev.trial.core.run.ClientFleet;
import dev.trial.core.run.ClientPlan;
import dev.trial.core.run.Environment;
import dev.trial.core.run.Nemesis;
import dev.trial.core.run.PhaseTimes;
import dev.trial.core.run.RunEngine;
import dev.trial.core.run.RunSpec;
import dev.trial.core.run.Workload;
import dev.trial.core.verdict.Expectation;
import dev.trial.core.verdict.Finding;
import dev.trial.core.verdict.Outcome;
import dev.trial.core.verdict.Verdict;
import dev.trial.engine.targets.FleetFaults;
import dev.trial.engine.targets.Target;
import dev.trial.engine.work.MachineFailure;
import dev.trial.engine.work.ProcessEnd;
import dev.trial.nemesis.NemesisDriver;
import dev.trial.results.report.HtmlReport;
import dev.trial.results.store.RunDirectory;
import dev.trial.results.store.RunSummary;
import dev.trial.results.store.StoreException;
import dev.trial.results.store.VerdictJson;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Holds one run from its spec to its stored verdict. */
public final class RunHouse {
  private final Target target;
  private final Path out;

  /** Runs in {@code target}; {@code out} is where run directories go, null to store nothing. */
  public RunHouse(Target target, Path out) {
    this.target = target;
    this.out = out;
  }

  /** Runs, judges and stores; a failure of the harness is a result too. */
  public RunResult run(RunRequest request) {
    Optional<String> refused = refusal(request.spec());
    if (refused.isPresent()) {
      return new RunResult(request, notApplicable(request, refused.get()), null, null, null);
    }
    RunDirectory directory = out == null ? null : directory(request);
    long startNs = System.nanoTime();
    boolean inMemory = directory == null || target.simulated();
    HistoryBytes bytes = new HistoryBytes(inMemory ? null : directory.streamHistory());
    try {
      return judged(request, directory, hold(request.spec(), directory, bytes), startNs);
    } catch (StoreException full) {
      directory.discard();
      throw full;
    } catch (RuntimeException | Error failure) {
      ProcessEnd.stayIfBegun();
      if (bytes.refused() != null) {
        throw new StoreException(directory.historyFile(), bytes.refused());
      }
      if (directory != null && inMemory) {
        keep(directory, bytes);
      }
      return failed(request, directory, failure, startNs);
    }
  }

  private static void keep(RunDirectory directory, HistoryBytes bytes) {
    try {
      directory.history(bytes.bytes(), bytes.length());
    } catch (RuntimeException | Error unstored) {
      directory.discard();
      throw unstored;
    }
  }

  private RunDirectory directory(RunRequest request) {
    try {
      return RunDirectory.create(out, request.name(), request.spec());
    } catch (StoreException full) {
      throw full;
    } catch (UncheckedIOException refused) {
      throw new UsageException(refused.getMessage());
    }
  }

  /** Why the target cannot hold this run; empty if it can. */
  private Optional<String> refusal(RunSpec spec) {
    for (ScheduledFault fault : spec.faults()) {
      FaultKind kind = fault.fault().kind();
      Optional<String> reason = target.refusal(kind);
      if (reason.isPresent()) {
        return Optional.of(kind.id() + ": " + reason.get());
      }
    }
    return target.refusal(spec.profile()).or(() -> ClientLimits.of(spec));
  }

  private record Held(History history, HistoryBytes bytes, String traceHash, long simulatedMs) {}

  private Held hold(RunSpec spec, RunDirectory directory, HistoryBytes bytes) {
    if (directory == null) {
      return held(spec, directory, bytes);
    }
    ProcessEnd.Registration underWay =
        RunsUnderWay.begin(directory, target.simulated() ? bytes : null);
    try {
      return held(spec, directory, bytes);
    } finally {
      underWay.close();
    }
  }

  private Held held(RunSpec spec, RunDirectory directory, HistoryBytes bytes) {
    Path path = directory == null ? null : directory.path();
    Target.Opened opened = target.open(spec, bytes, path);
    try (Environment environment = opened.environment()) {
      Workload.Plan plan = Specs.plan(spec);
      environment.execute(() -> phases(spec, plan, opened));
      long simulatedMs = environment.world().clock().millis();
      History history = opened.recorder().history();
      return target.simulated()
          ? new Held(history, bytes, environment.traceHash(), simulatedMs)
          : inOrder(history, simulatedMs);
    }
  }

  /** Operations of client processes arrive late: the stored history is by time. */
  private static Held inOrder(History arrived, long lengthMs) {
    History history = HistoryOrder.byTime(arrived);
    HistoryBytes bytes = new HistoryBytes(null);
    history.operations().forEach(bytes::add);
    return new Held(history, bytes, null, lengthMs);
  }

  private void phases(RunSpec spec, Workload.Plan plan, Target.Opened opened) {
    Environment environment = opened.environment();
    ClientFleet fleet =
        new ClientFleet(
            environment.clients(),
            opened.recorder(),
            spec,
            environment.cluster().bootstrapServers(),
            environment.world().clock());
    List<String> names = plan.clients().stream().map(ClientPlan::name).toList();
    NemesisDriver driver =
        new NemesisDriver(
            environment.world(),
            environment.cluster(),
            new FleetFaults(fleet, names),
            opened.recorder());
    Nemesis nemesis =
        new Nemesis() {
          @Override
          public void run(List<ScheduledFault> schedule, long lengthMs) {
            driver.run(schedule, lengthMs);
          }

          @Override
          public void healAll() {
            driver.healAll();
          }
        };
    PhaseTimes times =
        target.times().evicting(Rulebook.memberSessionMs(spec.profile(), spec.client()));
    new RunEngine(spec, plan, environment, fleet, nemesis, opened.recorder(), times).run();
  }

  private RunResult judged(RunRequest request, RunDirectory directory, Held held, long startNs) {
    RunSpec spec = request.spec();
    Workload.Plan plan = Specs.plan(spec);
    Verdict verdict = Judge.judge(held.history(), Rulebook.of(spec, plan, request.experiment()));
    RunOutcome outcome = RunOutcome.judge(expectation(request), verdict);
    List<String> missed = MissedFaults.of(spec.faults(), held.history());
    RunSummary summary =
        new RunSummary(
            request.name(),
            spec,
            request.profile(),
            verdict.validity().id(),
            expectation(request).id(),
            outcome.outcome().ofRun(),
            unknownReason(verdict),
            verdict.counts(),
            MissedFaults.counted(missed, statistics(verdict)),
            held.history().size(),
            held.simulatedMs(),
            wallMs(startNs),
            held.bytes().sha256(),
            held.traceHash(),
            directory == null ? null : directory.path().toString());
    if (directory != null) {
      store(request, directory, held, summary, verdict, outcome);
    }
    return new RunResult(request, summary, held.history(), verdict, outcome, missed);
  }

  private static Expectation expectation(RunRequest request) {
    return request.experiment().expectation(request.spec().client());
  }

  private static void store(
      RunRequest request,
      RunDirectory directory,
      Held held,
      RunSummary summary,
      Verdict verdict,
      RunOutcome outcome) {
    directory.history(held.bytes().bytes(), held.bytes().length());
    directory.verdict(VerdictJson.of(summary, verdict, outcome.unexpected()));
    if (outcome.outcome() != Outcome.AS_EXPECTED) {
      directory.report(
          HtmlReport.of(
              summary, request.sentence(), held.history(), verdict, outcome.unexpected()));
    }
  }

  static String unknownReason(Verdict verdict) {
    return verdict.findings().stream()
        .map(Finding::unknown)
        .filter(reason -> reason != null)
        .findFirst()
        .orElse(null);
  }

  static Map<String, Long> statistics(Verdict verdict) {
    Map<String, Long> all = new TreeMap<>();
    verdict.findings().forEach(finding -> all.putAll(finding.statistics()));
    return all;
  }

  /** The same run twice gave two traces: the harness is broken, whatever the verdict says. */
  static RunResult notDeterministic(RunResult first, String otherHash) {
    RunRequest request = first.request();
    RunSummary summary =
        empty(
            request,
            "error",
            Outcome.ERROR,
            "not deterministic: trace "
                + first.summary().traceHash()
                + ", and "
                + otherHash
                + " when run again; `trial replay` names the first diverging event",
            first.summary().wallMs(),
            first.summary().directory());
    RunOutcome outcome = new RunOutcome(Outcome.ERROR);
    return new RunResult(request, summary, null, first.verdict(), outcome);
  }

  private static RunSummary notApplicable(RunRequest request, String reason) {
    return empty(request, "unknown", Outcome.NOT_APPLICABLE, reason, 0, null);
  }

  private static RunResult failed(
      RunRequest request, RunDirectory directory, Throwable failure, long startNs) {
    String path = directory == null ? null : directory.path().toString();
    RunSummary summary =
        empty(request, "error", Outcome.ERROR, describe(failure), wallMs(startNs), path);
    if (directory != null) {
      directory.verdict(summary.toJson());
      directory.text("error.txt", StackTraces.of(failure));
    }
    RunOutcome outcome = new RunOutcome(Outcome.ERROR);
    return new RunResult(request, summary, null, null, outcome);
  }

  private static String describe(Throwable failure) {
    return MachineFailure.of(failure).orElseGet(() -> root(failure));
  }

  private static String root(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null && !(root instanceof ContainersException)) {
      root = root.getCause();
    }
    String told = OneLine.of(String.valueOf(root.getMessage()).strip());
    return root instanceof ContainersException
        ? told
        : root.getClass().getSimpleName() + ": " + told;
  }

  private static RunSummary empty(
      RunRequest request,
      String verdict,
      Outcome outcome,
      String reason,
      long wallMs,
      String directory) {
    return new RunSummary(
        request.name(),
        request.spec(),
        request.profile(),
        verdict,
        expectation(request).id(),
        outcome,
        reason,
        Map.of(),
        Map.of(),
        0,
        0,
        wallMs,
        null,
        null,
        directory);
  }

  private static long wallMs(long startNs) {
    return (System.nanoTime() - startNs) / 1_000_000L;
  }
}
