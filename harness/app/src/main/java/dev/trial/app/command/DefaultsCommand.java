package dev.trial.app.command;

import dev.trial.app.release.ClientDefaults;
import dev.trial.app.release.DefaultsTable;
import dev.trial.app.release.DefaultsTable.Release;
import dev.trial.app.targets.Targets;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code trial defaults}: what released clients do where nothing is set, asked of their jars. */
@Command(
    name = "defaults",
    description = "Defaults that carry a promise, by version of kafka-clients, from their jars.",
    mixinStandardHelpOptions = true)
final class DefaultsCommand implements Callable<Integer> {

  @Option(
      names = "--client",
      paramLabel = "VERSION",
      split = ",",
      description = "versions, in the order of the columns (default: ${DEFAULT-VALUE})")
  private List<String> versions = List.of("2.8.2", "3.0.0", "3.8.0", "3.9.2", "4.0.0", "4.3.1");

  @Override
  public Integer call() {
    List<Release> releases =
        versions.stream()
            .map(version -> new Release(version, ClientDefaults.of(Targets.clientJar(version))))
            .toList();
    DefaultsTable.lines(releases).forEach(System.out::println);
    return ExitCode.AS_EXPECTED;
  }
}
