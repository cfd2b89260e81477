package dev.trial.app.command;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trial.broker.defect.Defect;
import dev.trial.claims.Claim;
import dev.trial.claims.Claims;
import dev.trial.claims.NamedProfiles;
import dev.trial.nemesis.schedule.Schedule;
import dev.trial.nemesis.schedule.Schedules;
import dev.trial.workloads.plan.Workloads;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The catalogues: what can be named on the command line, one line each. */
final class CatalogueCommands {

  private CatalogueCommands() {}

  /** Rows of a name and what to know of it, printed as text or JSON. */
  abstract static class Catalogue implements Callable<Integer> {
    @Option(names = "--json", description = "print JSON, one object a line")
    private boolean json;

    abstract List<Row> rows();

    @Override
    public Integer call() {
      print(rows(), json);
      return ExitCode.AS_EXPECTED;
    }
  }

  static void print(List<Row> rows, boolean json) {
    int width = rows.stream().mapToInt(row -> row.id().length()).max().orElse(0);
    for (Row row : rows) {
      System.out.println(json ? row.json() : row.text(width, TerminalWidth.columns()));
    }
  }

  /** One line of a catalogue; {@code detail} may be empty, its name is for JSON. */
  record Row(String id, String summary, String detailName, String detail, List<String> tags) {
    Row(String id, String summary, String detail, List<String> tags) {
      this(id, summary, "expected", detail, tags);
    }

    private static final int VERSION = 1;
    private static final JsonMapper MAPPER = new JsonMapper();

    String text(int width, int columns) {
      String line = id + " ".repeat(width - id.length() + 2) + summary;
      String all = detail.isEmpty() ? line : line + "\n" + " ".repeat(width + 2) + "→ " + detail;
      return Wrapped.lines(all, width + 2, columns);
    }

    String json() {
      ObjectNode node = MAPPER.createObjectNode();
      node.put("version", VERSION);
      node.put("id", id);
      node.put("summary", summary);
      if (!detail.isEmpty()) {
        node.put(detailName, detail);
      }
      ArrayNode list = node.putArray("tags");
      tags.forEach(list::add);
      return node.toString();
    }
  }

  @Command(
      name = "claims",
      description = "The claims that can be put on trial.",
      mixinStandardHelpOptions = true)
  static final class ClaimsCommand extends Catalogue {
    @Override
    List<Row> rows() {
      return Claims.all().values().stream().map(ClaimsCommand::row).toList();
    }

    private static Row row(Claim claim) {
      return new Row(
          claim.id(),
          claim.sentence() + (claim.halfTrue() ? " (half true)" : ""),
          claim.expected(),
          claim.core()
              ? List.of("core", claim.section().title())
              : List.of(claim.section().title()));
    }
  }

  @Command(
      name = "workloads",
      description = "What clients can be made to do.",
      mixinStandardHelpOptions = true)
  static final class WorkloadsCommand extends Catalogue {
    @Override
    List<Row> rows() {
      return Workloads.all().values().stream()
          .map(workload -> new Row(workload.id(), workload.summary(), "", List.of()))
          .toList();
    }
  }

  @Command(
      name = "faults",
      description = "The fault schedules and families.",
      mixinStandardHelpOptions = true)
  static final class FaultsCommand extends Catalogue {
    @Override
    List<Row> rows() {
      return Schedules.all().stream().map(FaultsCommand::row).toList();
    }

    private static Row row(Schedule schedule) {
      return new Row(
          schedule.id(),
          schedule.summary(),
          "",
          schedule.families().stream().map(kind -> kind.id()).toList());
    }
  }

  @Command(
      name = "profiles",
      description = "The settings a free run can be given by name.",
      mixinStandardHelpOptions = true)
  static final class ProfilesCommand extends Catalogue {
    @Override
    List<Row> rows() {
      return NamedProfiles.all().stream()
          .map(each -> new Row(each.id(), each.summary(), "source", each.source(), List.of()))
          .toList();
    }
  }

  @Command(
      name = "targets",
      description = "The worlds a trial can be held in.",
      mixinStandardHelpOptions = true)
  static final class TargetsCommand extends Catalogue {
    @Override
    List<Row> rows() {
      return dev.trial.engine.targets.Targets.KINDS.stream()
          .map(kind -> new Row(kind.name(), kind.summary(), "", List.of()))
          .toList();
    }
  }

  /** The defects, for {@code trial mutants} without a flag. */
  static List<Row> mutants() {
    return Arrays.stream(Defect.values())
        .map(defect -> new Row(defect.id(), defect.sentence(), "", List.of(defect.family())))
        .toList();
  }
}
