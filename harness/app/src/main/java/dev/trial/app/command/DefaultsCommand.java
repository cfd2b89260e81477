package dev.trial.app.command;

import dev.trial.engine.release.BrokerDefaults;
import dev.trial.engine.release.ClientDefaults;
import dev.trial.engine.release.DefaultsTable;
import dev.trial.engine.release.DefaultsTable.Release;
import dev.trial.engine.targets.Targets;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code trial defaults}: what releases do where nothing is set, asked of their jars. */
@Command(
    name = "defaults",
    description =
        "Defaults that carry a promise, by version of clients or brokers, from their jars.",
    mixinStandardHelpOptions = true)
final class DefaultsCommand implements Callable<Integer> {

  @Option(
      names = "--client",
      paramLabel = "VERSION",
      split = ",",
      description = "versions, in the order of the columns (default: ${DEFAULT-VALUE})")
  private List<String> versions = List.of("2.8.2", "3.0.0", "3.8.0", "3.9.2", "4.0.0", "4.3.1");

  @Option(
      names = "--broker",
      paramLabel = "VERSION",
      split = ",",
      description = "a table of brokers of these versions instead, such as 3.8.0,4.3.1")
  private List<String> brokers = List.of();

  @Option(names = "--json", description = "print JSON, one object a release")
  private boolean json;

  @Override
  public Integer call() {
    if (brokers.isEmpty()) {
      List<Release<ClientDefaults>> releases = clients();
      print(json ? DefaultsTable.clientsJson(releases) : DefaultsTable.clients(releases));
    } else {
      List<Release<BrokerDefaults>> releases = brokers();
      print(json ? DefaultsTable.brokersJson(releases) : DefaultsTable.brokers(releases));
    }
    return ExitCode.AS_EXPECTED;
  }

  private static void print(List<?> lines) {
    lines.forEach(System.out::println);
  }

  private List<Release<ClientDefaults>> clients() {
    return versions.stream()
        .map(version -> new Release<>(version, ClientDefaults.of(Targets.clientJar(version))))
        .toList();
  }

  private List<Release<BrokerDefaults>> brokers() {
    return brokers.stream()
        .map(
            version ->
                new Release<>(version, BrokerDefaults.of(Targets.kafkaJars("--broker", version))))
        .toList();
  }
}
