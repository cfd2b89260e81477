package dev.trial.app.command;

import dev.trial.app.campaign.Rulebook;
import dev.trial.app.input.Lengths;
import dev.trial.app.input.UsageException;
import dev.trial.app.work.Cores;
import dev.trial.checkers.Judge;
import dev.trial.checkers.foreign.Format;
import dev.trial.core.history.History;
import dev.trial.core.json.Nearest;
import dev.trial.core.run.RunSpec;
import dev.trial.core.verdict.Rules;
import dev.trial.core.verdict.Verdict;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code trial check}: judge a stored history, without any cluster. */
@Command(
    name = "check",
    description = {
      "Judges a history: a run directory, a .jsonl or .jsonl.zst file,",
      "a history of Jepsen's Kafka workload (.edn),",
      "or a log of registers, strings or transactions that another tool wrote."
    },
    mixinStandardHelpOptions = true)
final class CheckCommand implements Callable<Integer> {
  private static final int HEAD_BYTES = 4_096;

  /** Without a spec beside it: what a careful user of Kafka's defaults expects. */
  private static final Rules DEFAULT_RULES =
      new Rules(-1, 1, true, Set.of(), Map.of(), Set.of(), 0);

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
    Format form = format();
    return switch (form) {
      case TRIAL -> checkOurs();
      case REGISTER_LOG, KEY_VALUE_LOG -> new LinearHistory(history, form).check(json);
      case LIST_APPEND, RW_REGISTER -> new AppendCheck(history, form).check(json);
      case JEPSEN_KAFKA ->
          new KafkaWorkloadHistory(history, Lengths.millis("--check-time", checkTime)).check(json);
    };
  }

  private int checkOurs() {
    long limitMs = Lengths.millis("--check-time", checkTime);
    StoredRun stored = new StoredRun(history);
    try (Cores cores = Cores.ofMachine()) {
      History operations =
          Files.isDirectory(history) ? stored.history(cores) : StoredRun.read(history, cores);
      Judge judge = new Judge(cores, () -> new MachineBudget(limitMs));
      Verdict verdict = judge.verdict(operations, rules(stored));
      return new VerdictPrinter(verdict, operations.size()).print(json);
    }
  }

  private Format format() {
    if (format == null) {
      return Files.isDirectory(history) ? Format.TRIAL : detect();
    }
    List<String> known = Arrays.stream(Format.values()).map(Format::id).toList();
    return Format.named(format)
        .orElseThrow(() -> new UsageException(Nearest.explain("format", format, known)));
  }

  /** What the file seems to be. */
  private Format detect() {
    try (InputStream in = Files.newInputStream(history)) {
      String head = new String(in.readNBytes(HEAD_BYTES), StandardCharsets.UTF_8);
      Format seems = Format.of(head);
      boolean edn = seems == Format.TRIAL && history.toString().endsWith(".edn");
      return edn ? Format.JEPSEN_KAFKA : seems;
    } catch (IOException e) {
      throw new UsageException(history + ": cannot be read: " + e.getMessage());
    }
  }

  private static Rules rules(StoredRun stored) {
    if (!stored.hasSpec()) {
      return DEFAULT_RULES;
    }
    RunSpec spec = stored.spec();
    return Rulebook.of(spec);
  }
}
