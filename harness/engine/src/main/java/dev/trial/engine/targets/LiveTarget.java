package dev.trial.engine.targets;

import dev.trial.core.cluster.Cluster;
import dev.trial.core.fault.FaultKind;
import dev.trial.core.profile.Profile;
import dev.trial.core.run.Clients;
import dev.trial.core.run.Environment;
import dev.trial.core.run.PhaseTimes;
import dev.trial.core.run.RunRecorder;
import dev.trial.core.run.RunSpec;
import dev.trial.core.world.World;
import dev.trial.engine.work.ProcessEnd;
import dev.trial.live.client.ForkedClients;
import dev.trial.live.process.Launcher;
import dev.trial.live.world.LiveWorld;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Real time: client processes of their own, through one proxy per link, against a live cluster.
 * Histories come in the order in which operations arrived here.
 */
final class LiveTarget implements Target {

  private static final long END_MS = 15_000;

  private final ClusterKind kind;

  LiveTarget(ClusterKind kind) {
    this.kind = kind;
  }

  @Override
  public String name() {
    return kind.name();
  }

  @Override
  public boolean simulated() {
    return false;
  }

  @Override
  public PhaseTimes times() {
    return PhaseTimes.LIVE;
  }

  @Override
  public Optional<String> refusal(FaultKind fault) {
    return kind.refusal(fault);
  }

  @Override
  public Optional<String> refusal(Profile profile) {
    return kind.refusal(profile);
  }

  @Override
  public Opened open(RunSpec spec, OperationSink sink, Path directory) {
    Path scratch = scratch(directory);
    Path logs = made(scratch.resolve("logs"));
    Path data = made(scratch.resolve("data"));
    LiveWorld world = new LiveWorld(spec.seed());
    RunRecorder recorder = new RunRecorder(world.clock(), sink::add);
    Closings parts = new Closings();
    ProcessEnd.Registration end = ProcessEnd.then(() -> end(parts, data));
    try {
      Launcher launcher = parts.add(new Launcher(logs), Launcher::close);
      ForkedClients clients =
          new ForkedClients(
              launcher, scratch, world.clock(), spec.seed(), spec.client(), Targets::clientJar);
      LinkWiring wiring = parts.add(new LinkWiring(clients::started), LinkWiring::close);
      Queue<String> failures = new ConcurrentLinkedQueue<>();
      LiveRun run =
          new LiveRun(spec, world, recorder, wiring, launcher, data, logs, failures::add, parts);
      Cluster cluster = parts.add(kind.make(run), Cluster::close);
      parts.add(clients, Clients::close);
      parts.add(world, LiveWorld::close);
      Environment live = new Live(world, cluster, clients, parts, failures, data, end);
      return new Opened(live, recorder);
    } catch (RuntimeException | Error failure) {
      parts.close();
      end.close();
      throw failure;
    }
  }

  /** Whoever ends this process does not wait for a node that will not stop. */
  private static void end(Closings parts, Path data) {
    Thread closing =
        new Thread(
            () -> {
              parts.close();
              Disks.remove(data);
            },
            "live-end");
    closing.setDaemon(true);
    closing.start();
    try {
      closing.join(END_MS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (closing.isAlive()) {
      System.err.println("the disks of the nodes are still in " + data);
    }
  }

  private static Path scratch(Path directory) {
    try {
      return directory == null
          ? Files.createTempDirectory("trial-live")
          : directory.toAbsolutePath();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path made(Path directory) {
    try {
      return Files.createDirectories(directory);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot make " + directory, e);
    }
  }

  @Override
  public void close() {}

  private record Live(
      World world,
      Cluster cluster,
      Clients clients,
      Closings parts,
      Queue<String> failures,
      Path data,
      ProcessEnd.Registration end)
      implements Environment {

    @Override
    public void execute(Runnable body) {
      body.run();
      if (!failures.isEmpty()) {
        throw new IllegalStateException("a node failed: " + failures.peek());
      }
    }

    @Override
    public String traceHash() {
      return null;
    }

    @Override
    public void close() {
      parts.close();
      Disks.remove(data);
      end.close();
    }
  }
}
