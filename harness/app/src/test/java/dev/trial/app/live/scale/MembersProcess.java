package dev.trial.app.live.scale;

import java.io.BufferedReader;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.GroupProtocol;

/**
 * The members of a group in a process of their own, which gives way to the cluster's. With
 * group.protocol=consumer, a Java client's network thread (4.3.1) does not wait while a
 * FindCoordinator or a late heartbeat is under way (RequestState.remainingBackoffMs is 0 then), so
 * that two hundred members that come at once leave the cluster, also real Kafka, too little
 * processor time to answer them.
 */
final class MembersProcess {
  private static final String LOWEST_PRIORITY = "19";
  private static final String FIGURE = "figure\t";
  private static final String UNFINISHED = "unfinished\t";
  private static final long END_S = 60;

  private final MeasuredCluster cluster;
  private final GroupProtocol protocol;
  private final int members;
  private final Figures figures;

  MembersProcess(MeasuredCluster cluster, GroupProtocol protocol, int members, Figures figures) {
    this.cluster = cluster;
    this.protocol = protocol;
    this.members = members;
    this.figures = figures;
  }

  /** Fails, naming cluster and protocol, if the members came to no figure. */
  void measure() throws IOException, InterruptedException {
    String what = members + " members (" + protocol.name + ") on " + cluster.name();
    System.out.println(what);
    Process process = start();
    try (BufferedReader output = process.inputReader()) {
      output.lines().forEach(this::take);
      if (!process.waitFor(END_S, TimeUnit.SECONDS) || process.exitValue() != 0) {
        throw new AssertionError(what + " was not measured; its error output tells why");
      }
    } finally {
      process.destroyForcibly();
    }
  }

  private Process start() throws IOException {
    return new ProcessBuilder(
            List.of(
                "nice",
                "-n",
                LOWEST_PRIORITY,
                ProcessHandle.current().info().command().orElseThrow(),
                "-XX:+UseSerialGC",
                "-Xmx2g",
                "-cp",
                System.getProperty("java.class.path"),
                MembersProcess.class.getName(),
                cluster.bootstrapServers(),
                protocol.name(),
                Integer.toString(members)))
        .redirectError(Redirect.INHERIT)
        .start();
  }

  private void take(String line) {
    if (line.startsWith(FIGURE)) {
      String[] parts = line.split("\t");
      figures.note(parts[1], Long.parseLong(parts[2]));
    } else if (line.startsWith(UNFINISHED)) {
      String[] parts = line.split("\t");
      figures.noteUnfinished(parts[1], Long.parseLong(parts[2]));
    } else {
      System.out.println(line);
    }
  }

  /** In the process of the members: bootstrap servers, protocol, number of members. */
  public static void main(String[] arguments) throws Exception {
    Figures figures = new Figures();
    GroupProtocol protocol = GroupProtocol.valueOf(arguments[1]);
    new ManyMembers(arguments[0], protocol, Integer.parseInt(arguments[2]), figures).measure();
    figures
        .seconds()
        .forEach(
            (what, seconds) ->
                System.out.println(
                    (figures.unfinished(what) ? UNFINISHED : FIGURE)
                        + what
                        + "\t"
                        + (long) (seconds * 1e9)));
  }
}
