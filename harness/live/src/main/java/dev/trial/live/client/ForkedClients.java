package dev.trial.live.client;

import dev.trial.core.history.Action.Start;
import dev.trial.core.history.Recorder;
import dev.trial.core.history.TimedRecorder;
import dev.trial.core.run.ClientPlan;
import dev.trial.core.run.ClientSettings;
import dev.trial.core.run.Clients;
import dev.trial.live.process.Child;
import dev.trial.live.process.ChildJava;
import dev.trial.live.process.Launcher;
import dev.trial.live.world.LiveClock;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Client processes as JVMs of their own. The operations of a process arrive in its order but later
 * than they happened, with their times: put a finished history in order with {@link
 * dev.trial.core.history.HistoryOrder#byTime}.
 */
public final class ForkedClients implements Clients {
  private static final List<String> JVM_FLAGS =
      List.of(
          "-Xmx192m",
          "-XX:+UseSerialGC",
          "-XX:TieredStopAtLevel=1",
          "-Xshare:auto",
          "-XX:+ExitOnOutOfMemoryError",
          "-Dslf4j.provider=" + ClientLogProvider.class.getName());
  private static final int TOKEN_BYTES = ForkedClient.TOKEN_CHARACTERS / 2;

  private final Launcher launcher;
  private final Path directory;
  private final LiveClock clock;
  private final long seed;
  private final String version;
  private final Function<String, Path> clientJars;
  private final SecureRandom tokens = new SecureRandom();
  private final List<ForkedClient> clients = new ArrayList<>();

  /**
   * @param launcher starts the processes and gets their output; stays open when this is closed
   * @param directory the processes' working directory
   * @param clock the run's
   * @param version of kafka-clients; a plan's parameter {@code client.version} overrides it
   * @param clientJars the kafka-clients jar of a version
   */
  public ForkedClients(
      Launcher launcher,
      Path directory,
      LiveClock clock,
      long seed,
      String version,
      Function<String, Path> clientJars) {
    this.launcher = launcher;
    this.directory = directory;
    this.clock = clock;
    this.seed = seed;
    this.version = version;
    this.clientJars = clientJars;
  }

  /** The recorder must be a {@link TimedRecorder}. */
  @Override
  public synchronized ClientProcess start(
      ClientPlan plan,
      int process,
      int incarnation,
      Map<String, String> settings,
      Recorder recorder) {
    if (!(recorder instanceof TimedRecorder timed)) {
      throw new IllegalArgumentException(
          "operations of forked clients arrive with their times: a TimedRecorder is needed, not "
              + recorder.getClass().getName());
    }
    String wanted = plan.parameters().text("client.version", version);
    Map<String, String> complete = ClientSettings.complete(settings, plan.name(), wanted);
    LaunchOrder order =
        new LaunchOrder(
            plan.program(),
            plan.name(),
            process,
            incarnation,
            complete,
            plan.parameters().values(),
            seed,
            clock.startNs());
    ForkedClient client = fork(order, wanted, timed);
    recorder.fact(process, new Start(plan.name(), incarnation, plan.kind(), complete));
    client.attend();
    clients.add(client);
    return client;
  }

  /** Names of the clients started so far, those that ended since included. */
  public synchronized List<String> started() {
    return clients.stream().map(ForkedClient::name).distinct().toList();
  }

  private ForkedClient fork(LaunchOrder order, String wanted, TimedRecorder recorder) {
    byte[] random = new byte[TOKEN_BYTES];
    tokens.nextBytes(random);
    String token = HexFormat.of().formatHex(random);
    try {
      ServerSocket door = new ServerSocket(0, 4, InetAddress.getLoopbackAddress());
      String name = order.client().replaceAll("[^A-Za-z0-9._-]", "_") + "-" + order.process();
      Child child =
          launcher.start(
              name,
              directory,
              Map.of(ClientHost.TOKEN_VARIABLE, token),
              command(clientJars.apply(wanted), door.getLocalPort()));
      return new ForkedClient(order, child, door, token, recorder);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot listen for client " + order.client(), e);
    }
  }

  static List<String> command(Path clientJar, int port) {
    List<String> command = new ArrayList<>();
    command.add(ChildJava.command());
    command.addAll(JVM_FLAGS);
    command.add("-cp");
    command.add(classPath(clientJar));
    command.add(ClientHost.class.getName());
    command.add(Integer.toString(port));
    return command;
  }

  /** The harness's own class path, with the wanted kafka-clients in place of its own. */
  private static String classPath(Path clientJar) {
    StringBuilder path = new StringBuilder(clientJar.toAbsolutePath().toString());
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
      if (!new File(entry).getName().startsWith("kafka-clients-")) {
        path.append(File.pathSeparator).append(new File(entry).getAbsolutePath());
      }
    }
    return path.toString();
  }

  @Override
  public void signal(ClientProcess process, Signal signal) {
    ((ForkedClient) process).tell(signal);
  }

  /** Returns when the process is gone and everything it said before is recorded. */
  @Override
  public void kill(ClientProcess process) {
    ((ForkedClient) process).kill();
  }

  @Override
  public void pause(ClientProcess process) {
    ((ForkedClient) process).child().pause();
  }

  @Override
  public void resume(ClientProcess process) {
    ((ForkedClient) process).child().resume();
  }

  @Override
  public List<String> refusals() {
    return List.of();
  }

  /** Kills what still lives. */
  @Override
  public synchronized void close() {
    clients.forEach(ForkedClient::kill);
    clients.clear();
  }
}
