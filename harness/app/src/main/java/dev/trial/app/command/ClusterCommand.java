package dev.trial.app.command;

import dev.trial.app.input.Amounts;
import dev.trial.app.input.ChosenProfile;
import dev.trial.core.input.UsageException;
import dev.trial.core.profile.Profile;
import dev.trial.engine.targets.StandingCluster;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code trial cluster}: the reference cluster for any Kafka client, until it is interrupted. */
@Command(
    name = "cluster",
    description = "Runs the reference cluster over TCP on this machine, for any Kafka client.",
    mixinStandardHelpOptions = true)
final class ClusterCommand implements Callable<Integer> {
  private static final String AUTO_CREATE = "auto.create.topics.enable";
  private static final int PORT_MAX = 65_535;

  @Option(
      names = "--port",
      paramLabel = "N",
      defaultValue = "9092",
      description = "of the first broker, the others follow (default: ${DEFAULT-VALUE}); 0: any")
  private String port;

  @Option(
      names = "--profile",
      paramLabel = "P",
      defaultValue = "default",
      description =
          "broker settings: a profile's name, or a file of settings (default: ${DEFAULT-VALUE})")
  private String profile;

  @Override
  public Integer call() throws InterruptedException {
    Profile settings = settings();
    int first = firstPort(settings.shape().brokers());
    CountDownLatch interrupted = new CountDownLatch(1);
    try (StandingCluster cluster = StandingCluster.start(settings, first)) {
      Runtime.getRuntime().addShutdownHook(new Thread(() -> end(interrupted, cluster)));
      System.out.println("bootstrap.servers=" + cluster.bootstrapServers());
      System.out.println("Its nodes are in this process and forget all when it ends: Ctrl-C.");
      interrupted.await();
    }
    return ExitCode.AS_EXPECTED;
  }

  private int firstPort(int brokers) {
    int first = Amounts.of("--port", port, 0, PORT_MAX);
    if (first > 0 && first + brokers - 1 > PORT_MAX) {
      throw new UsageException(
          "--port "
              + port
              + ": "
              + brokers
              + " brokers need ports up to "
              + (first + brokers - 1)
              + ", and there are none above "
              + PORT_MAX);
    }
    return first;
  }

  /** As a cluster that somebody starts by hand: topics are made when they are first asked for. */
  private Profile settings() {
    Profile named = ChosenProfile.of(profile).profile();
    return named.broker().containsKey(AUTO_CREATE) ? named : named.broker(AUTO_CREATE, true);
  }

  private static void end(CountDownLatch interrupted, StandingCluster cluster) {
    cluster.close();
    interrupted.countDown();
  }
}
