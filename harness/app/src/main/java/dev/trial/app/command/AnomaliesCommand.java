package dev.trial.app.command;

import dev.trial.app.command.CatalogueCommands.Row;
import dev.trial.core.verdict.AnomalyKind;
import dev.trial.core.verdict.Cause;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code trial anomalies}: what the checkers look for, and what may explain it. */
@Command(
    name = "anomalies",
    description = "What the checkers look for, and what may explain it: definitions and sources.",
    mixinStandardHelpOptions = true)
final class AnomaliesCommand implements Callable<Integer> {
  private static final String INTRODUCTION =
      """
      # Anomalies

      What the checkers look for. This page is what `./trial anomalies --markdown` prints; `./trial anomalies` prints the same
      as text, `--json` for programs. Each report names the operations that prove it, by their numbers in the history, and says
      in one sentence what happened. Each kind has a property test that makes correct histories at random, puts exactly this
      into them, and expects it to be found by the operations that were tampered with (`EveryAnomalyIsInjectedTest`).

      Six kinds are reported of histories of Jepsen's Kafka workload only, never of Trial's own: `int-nonmonotonic-send`,
      `precommitted-read`, `unseen`, `g1c`, `g1c-process` and `g1c-realtime`.\
      """;

  @Option(names = "--json", description = "print JSON, one object a line")
  private boolean json;

  @Option(names = "--markdown", description = "print the page docs/anomalies.md")
  private boolean markdown;

  @Override
  public Integer call() {
    if (markdown) {
      page().forEach(System.out::println);
    } else {
      List<Row> rows = new ArrayList<>();
      Arrays.stream(AnomalyKind.values()).map(AnomaliesCommand::row).forEach(rows::add);
      Arrays.stream(Cause.values()).map(AnomaliesCommand::row).forEach(rows::add);
      CatalogueCommands.print(rows, json);
    }
    return ExitCode.AS_EXPECTED;
  }

  private static Row row(AnomalyKind kind) {
    List<String> tags = List.of(kind.family().title());
    return new Row(kind.id(), kind.definition(), "source", kind.source(), tags);
  }

  private static Row row(Cause cause) {
    return new Row(cause.id(), cause.definition(), "source", cause.source(), List.of("Causes"));
  }

  private static List<String> page() {
    List<String> lines = new ArrayList<>(INTRODUCTION.lines().toList());
    for (AnomalyKind.Family family : AnomalyKind.Family.values()) {
      lines.addAll(List.of("", "## " + family.title()));
      lines.add("| anomaly | what it is | who names it so, or whose promise it breaks |");
      lines.add("|---|---|---|");
      Arrays.stream(AnomalyKind.values())
          .filter(each -> each.family() == family)
          .forEach(each -> lines.add(cells(each.id(), each.definition(), each.source())));
    }
    lines.addAll(
        List.of(
            "",
            "## Causes",
            "A claim names the causes that it allows; an anomaly is as expected only where the"
                + " history proves one of them.",
            "",
            "| cause | what happened | who says that it has such consequences |",
            "|---|---|---|"));
    Arrays.stream(Cause.values())
        .forEach(each -> lines.add(cells(each.id(), each.definition(), each.source())));
    return lines;
  }

  private static String cells(String... cells) {
    return "| " + String.join(" | ", cells) + " |";
  }
}
