package dev.trial.app.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.trial.app.input.Amounts;
import dev.trial.app.table.ClientsText;
import dev.trial.claims.Claim;
import dev.trial.claims.Claims;
import dev.trial.claims.NamedClaims;
import dev.trial.core.input.SeedRange;
import dev.trial.core.input.UsageException;
import dev.trial.core.json.JsonFormatException;
import dev.trial.core.json.ReadableJson;
import dev.trial.core.json.StrictObject;
import dev.trial.core.run.RunSpec;
import dev.trial.engine.byclient.ClientTable;
import dev.trial.engine.byclient.ClientTrial;
import dev.trial.engine.byclient.ClientVerdict;
import dev.trial.engine.byclient.ClientVerdictJson;
import dev.trial.engine.targets.Target;
import dev.trial.engine.targets.Targets;
import dev.trial.results.store.FileProblem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code trial clients}: what an upgrade of the clients changes. */
@Command(
    name = "clients",
    description =
        "Claims by release of kafka-clients: what comes out otherwise than with the last.",
    mixinStandardHelpOptions = true)
final class ClientsCommand implements Callable<Integer> {
  private static final String ALL = "all";

  @Option(
      names = "--client",
      paramLabel = "V,W",
      split = ",",
      description = "releases, the newest last (default: the last patch of each minor release)")
  private List<String> clients =
      List.of(
          "2.8.2", "3.0.2", "3.1.2", "3.2.3", "3.3.2", "3.4.1", "3.5.2", "3.6.2", "3.7.2", "3.8.1",
          "3.9.2", "4.0.2", "4.1.2", "4.2.1", "4.3.1", "4.4.0");

  @Option(
      names = "--claim",
      paramLabel = "ID",
      split = ",",
      description = "claims, or ID/HALF; all of them: all (default: the core claims)")
  private List<String> claims = List.of();

  @Option(
      names = {"--seeds", "--seed"},
      paramLabel = "A..B",
      description = "seeds (default: 1..1; what has to break is given up to twenty)")
  private String seeds = "1..1";

  @Option(names = "--parallel", paramLabel = "N", description = "simulated runs at a time")
  private String parallel = String.valueOf(Runtime.getRuntime().availableProcessors());

  @Option(
      names = "--from",
      paramLabel = "FILE",
      description = "the table of verdicts that --json wrote before, without a run")
  private Path from;

  @Option(names = "--json", description = "a JSON line for each claim and release, as they come")
  private boolean json;

  @Option(names = "--markdown", description = "print the page docs/clients-by-version.md")
  private boolean markdown;

  @Override
  public Integer call() {
    if (json && markdown) {
      throw new UsageException("--json and --markdown: choose one of them");
    }
    SeedRange range = SeedRange.parse(seeds);
    int workers = Amounts.parallel(parallel);
    ClientTable table = new ClientTable(from == null ? held(range, workers) : stored());
    if (!json) {
      ClientsText text = new ClientsText(table);
      (markdown ? text.page(typed()) : text.lines(TerminalWidth.columns()))
          .forEach(System.out::println);
    }
    return ExitCode.of(table.outcome());
  }

  private String typed() {
    return from == null
        ? "./trial clients --markdown"
        : "./trial clients --from " + from + " --markdown";
  }

  private List<ClientVerdict> held(SeedRange range, int workers) {
    List<Claim> chosen = chosen();
    List<String> releases = clients.stream().distinct().toList();
    releases.forEach(Targets::clientJar);
    range.checkRuns(releases.size() * chosen.stream().mapToInt(each -> each.halves().size()).sum());
    List<ClientVerdict> verdicts = new ArrayList<>();
    for (String release : releases) {
      try (Target world = Targets.open(RunSpec.SIMULATION, release)) {
        boolean terminal = System.console() != null;
        new ClientTrial(world, release, workers, terminal && !json)
            .of(chosen, range)
            .forEach(verdict -> add(verdict, verdicts));
      }
    }
    return verdicts;
  }

  private void add(ClientVerdict verdict, List<ClientVerdict> verdicts) {
    verdicts.add(verdict);
    if (json) {
      System.out.println(ClientVerdictJson.write(verdict));
    }
  }

  private List<Claim> chosen() {
    if (claims.contains(ALL)) {
      if (claims.size() > 1) {
        throw new UsageException("--claim all is every claim: leave the others out");
      }
      return List.copyOf(Claims.all().values());
    }
    return claims.isEmpty() ? Claims.core() : NamedClaims.all(claims);
  }

  private List<ClientVerdict> stored() {
    if (!Files.isRegularFile(from)) {
      throw new UsageException("--from " + from + ": is no file");
    }
    List<ClientVerdict> verdicts = new ArrayList<>();
    for (String line : lines()) {
      String place = from + ":" + (verdicts.size() + 1);
      JsonNode read = ReadableJson.parse(line, place);
      add(ClientVerdictJson.read(StrictObject.of(read, place)), verdicts);
    }
    if (verdicts.isEmpty()) {
      throw new JsonFormatException(from.toString(), "has no verdict");
    }
    return verdicts;
  }

  private List<String> lines() {
    try {
      return Files.readAllLines(from);
    } catch (IOException unreadable) {
      throw new UsageException(
          "--from " + from + ": cannot be read: " + FileProblem.reason(unreadable));
    }
  }
}
