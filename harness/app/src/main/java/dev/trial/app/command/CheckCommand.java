package dev.trial.app.command;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trial.app.campaign.Rulebook;
import dev.trial.app.input.UsageException;
import dev.trial.checkers.Judge;
import dev.trial.checkers.foreign.Format;
import dev.trial.core.history.History;
import dev.trial.core.json.Nearest;
import dev.trial.core.run.RunSpec;
import dev.trial.core.verdict.Anomaly;
import dev.trial.core.verdict.Rules;
import dev.trial.core.verdict.Verdict;
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
      "or a log of registers, strings or lists that another tool wrote."
    },
    mixinStandardHelpOptions = true)
final class CheckCommand implements Callable<Integer> {
  private static final int SHOWN_PER_KIND = 3;

  /** Without a spec beside it: what a careful user of Kafka's defaults expects. */
  private static final Rules DEFAULT_RULES =
      new Rules(-1, 1, true, Set.of(), Map.of(), Set.of(), 0);

  @Parameters(paramLabel = "HISTORY", description = "a run directory or a history file")
  private Path history;

  @Option(
      names = "--format",
      paramLabel = "F",
      description =
          "trial, register-log, key-value-log or list-append (default: as the content tells)")
  private String format;

  @Option(names = "--json", description = "one JSON object")
  private boolean json;

  @Override
  public Integer call() {
    if (!Files.exists(history)) {
      throw new UsageException(history + ": there is no such file");
    }
    Format form = format();
    if (form == Format.LIST_APPEND) {
      return new AppendCheck(history).check(json);
    }
    if (form != Format.TRIAL) {
      return new LinearHistory(history, form).check(json);
    }
    StoredRun stored = new StoredRun(history);
    History operations = Files.isDirectory(history) ? stored.history() : StoredRun.read(history);
    Verdict verdict = Judge.judge(operations, rules(stored));
    print(operations, verdict);
    return switch (verdict.validity()) {
      case VALID -> ExitCode.AS_EXPECTED;
      case INVALID -> ExitCode.FINDING;
      case UNKNOWN -> ExitCode.UNKNOWN;
      case ERROR -> ExitCode.HARNESS_ERROR;
    };
  }

  private Format format() {
    if (format == null) {
      return Files.isDirectory(history) ? Format.TRIAL : LinearHistory.detect(history);
    }
    List<String> known = Arrays.stream(Format.values()).map(Format::id).toList();
    return Format.named(format)
        .orElseThrow(() -> new UsageException(Nearest.explain("format", format, known)));
  }

  private static Rules rules(StoredRun stored) {
    if (!stored.hasSpec()) {
      return DEFAULT_RULES;
    }
    RunSpec spec = stored.spec();
    return Rulebook.of(spec);
  }

  private void print(History operations, Verdict verdict) {
    if (json) {
      ObjectNode node = new JsonMapper().createObjectNode();
      node.put("verdict", verdict.validity().id());
      node.put("operations", operations.size());
      ObjectNode counts = node.putObject("anomalies");
      verdict.counts().forEach(counts::put);
      System.out.println(node);
      return;
    }
    System.out.println(verdict.validity().id() + ": " + operations.size() + " operations");
    verdict
        .counts()
        .forEach(
            (kind, count) -> {
              System.out.println(kind + ": " + count);
              verdict.anomalies().stream()
                  .filter(anomaly -> anomaly.kind().id().equals(kind))
                  .limit(SHOWN_PER_KIND)
                  .forEach(CheckCommand::print);
            });
    verdict.findings().stream()
        .filter(finding -> finding.unknown() != null)
        .forEach(
            finding -> System.out.println(finding.checker() + ": unknown: " + finding.unknown()));
  }

  private static void print(Anomaly anomaly) {
    System.out.println("  " + anomaly.sentence());
    System.out.println(
        "    " + anomaly.cause().id().replace('-', ' ') + "; operations " + anomaly.operations());
  }
}
