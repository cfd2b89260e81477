package dev.trial.app.command;

import dev.trial.app.input.ChosenProfile;
import dev.trial.checkers.Judge;
import dev.trial.checkers.foreign.Format;
import dev.trial.core.history.History;
import dev.trial.core.input.Lengths;
import dev.trial.core.input.UsageException;
import dev.trial.core.profile.Profile;
import dev.trial.core.run.RunSpec;
import dev.trial.core.verdict.Finding;
import dev.trial.core.verdict.Rules;
import dev.trial.core.verdict.Validity;
import dev.trial.core.verdict.Verdict;
import dev.trial.engine.campaign.Rulebook;
import dev.trial.engine.work.Cores;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code trial check}: judge a stored history, without any cluster. */
@Command(
    name = "check",
    description =
        "Judges a history: a run directory, a history.jsonl or .jsonl.zst, an .edn of Jepsen's"
            + " Kafka workload, or a log of registers, strings or transactions of another tool."
            + " A run of a claim is held to that claim, any other to what its profile promises.",
    mixinStandardHelpOptions = true)
final class CheckCommand implements Callable<Integer> {
  @Parameters(paramLabel = "HISTORY", description = "a run directory or a history file")
  private Path history;

  @Option(
      names = "--format",
      paramLabel = "F",
      description =
          "trial, jepsen-kafka, register-log, key-value-log, list-append or rw-register"
              + " (default: as it looks)")
  private String format;

  @Option(
      names = "--model",
      paramLabel = "M",
      description =
          "what the history is of: log, register, string, list-append or rw-register"
              + " (default: as it looks)")
  private String model;

  @Option(
      names = "--checkers",
      paramLabel = "C",
      split = ",",
      description = {
        "trial, jepsen-kafka: these checkers alone; the first kind of history knows",
        "${COMPLETION-CANDIDATES}"
      },
      completionCandidates = CheckerNames.class)
  private List<String> checkers = List.of();

  @Option(
      names = "--profile",
      paramLabel = "P",
      description =
          "trial: hold it to what this profile promises, by name or as a file, and to no"
              + " claim (default: the claim or the profile of its run, without one Kafka's"
              + " defaults)")
  private String profile;

  @Option(
      names = "--check-time",
      paramLabel = "T",
      description = "trial, jepsen-kafka: what each checker may take before it is unknown (10m)")
  private String checkTime = "10m";

  @Option(names = "--json", description = "one JSON object")
  private boolean json;

  @Override
  public Integer call() {
    if (!Files.exists(history)) {
      throw new UsageException(history + ": there is no such file");
    }
    Format form = new FormatChoice(history, format, model).made();
    Set<String> chosen = new CheckerNames(form).chosen(checkers);
    Profile promised = promised(form);
    HistoryFile file =
        Files.isDirectory(history)
            ? new StoredRun(history).historyFile()
            : new HistoryFile(history);
    try {
      return judge(file, form, chosen, promised);
    } catch (OutOfMemoryError full) {
      return tooLarge(file);
    }
  }

  private int judge(HistoryFile file, Format form, Set<String> chosen, Profile promised) {
    return switch (form) {
      case TRIAL -> judgeOurs(file, chosen, promised);
      case REGISTER_LOG, KEY_VALUE_LOG -> new LinearHistory(file, form).check(json);
      case LIST_APPEND, RW_REGISTER -> new AppendCheck(file, form).check(json);
      case JEPSEN_KAFKA ->
          new KafkaWorkloadHistory(file, Lengths.millis("--check-time", checkTime), chosen)
              .check(json);
    };
  }

  private int judgeOurs(HistoryFile file, Set<String> chosen, Profile promised) {
    long limitMs = Lengths.millis("--check-time", checkTime);
    StoredRun stored = new StoredRun(history);
    Rules rules = rules(stored, promised);
    try (Cores cores = Cores.ofMachine()) {
      Supplier<String> remark = remark(stored, cores);
      History operations = StoredRun.read(file, cores);
      if (remark.get() != null) {
        System.err.println("trial: " + remark.get());
      }
      Judge all = new Judge(cores, () -> new MachineBudget(limitMs));
      Judge judge = chosen.isEmpty() ? all : all.only(chosen);
      Verdict verdict = judge.verdict(operations, rules);
      boolean byClaim = promised == null && stored.hasSpec();
      HeldClaim claim = byClaim ? HeldClaim.of(stored.spec(), verdict) : null;
      return new VerdictPrinter(verdict, operations.size(), chosen, claim).print(json);
    }
  }

  /** Of a run directory: whether its history still is the one that was judged. */
  private Supplier<String> remark(StoredRun stored, Cores cores) {
    return Files.isDirectory(history) ? cores.begin(new JudgedBytes(stored)::remark) : () -> null;
  }

  /** Nothing can be said of a history that is not all there: unknown, and how far it came. */
  private int tooLarge(HistoryFile file) {
    String reason = FullHeap.after(file.covered());
    if (json) {
      Finding unread = new Finding("history", List.of(), reason, Map.of());
      Verdict verdict = new Verdict(Validity.UNKNOWN, List.of(unread));
      return new VerdictPrinter(verdict, 0, Set.of()).print(true);
    }
    System.out.println("unknown: " + reason);
    return ExitCode.UNKNOWN;
  }

  /** The profile that was named, null if none was. */
  private Profile promised(Format form) {
    if (profile == null) {
      return null;
    }
    if (form != Format.TRIAL) {
      throw new UsageException(
          "--profile: a history of the form " + form.id() + " is held to that form's own rules");
    }
    return ChosenProfile.of(profile).profile();
  }

  private static Rules rules(StoredRun stored, Profile promised) {
    if (!stored.hasSpec()) {
      return Rulebook.of(promised == null ? Profile.DEFAULTS : promised);
    }
    RunSpec spec = stored.spec();
    return promised == null ? Rulebook.of(spec) : Rulebook.of(spec, promised);
  }
}
