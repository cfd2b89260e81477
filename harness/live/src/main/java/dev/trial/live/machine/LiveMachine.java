package dev.trial.live.machine;

import dev.trial.core.world.Clock;
import dev.trial.core.world.Host;
import dev.trial.core.world.Machine;
import dev.trial.core.world.RandomStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/** A machine whose process is an event loop in this JVM. */
final class LiveMachine implements Machine {
  private final String name;
  private final Flushes flushes = new Flushes();
  private final LiveDisk disk;
  private final Clock clock;
  private final Routes routes;
  private final ReservedPorts ports;
  private final RandomStream random;
  private final Consumer<String> log;
  private EventLoop loop;
  private int boots;

  LiveMachine(
      String name,
      Path directory,
      Clock clock,
      Routes routes,
      ReservedPorts ports,
      RandomStream random,
      Consumer<String> log) {
    this.name = name;
    this.disk = new LiveDisk(directory, flushes);
    this.clock = clock;
    this.routes = routes;
    this.ports = ports;
    this.random = random;
    this.log = log;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public synchronized <N> N boot(Function<Host, N> program) {
    if (running()) {
      throw new IllegalStateException(name + " is already running");
    }
    kill();
    loop = new EventLoop(name + "#" + boots, this::failed);
    Consumer<String> ownLog = line -> log.accept(name + " " + line);
    LiveNetwork network = new LiveNetwork(name, loop, routes, ports, flushes, ownLog);
    RandomStream stream = random.fork("boot-" + boots++);
    LiveHost host = new LiveHost(name, clock, loop, network, disk, stream, ownLog);
    return onLoop(() -> program.apply(host));
  }

  @Override
  public synchronized void kill() {
    if (loop != null) {
      loop.stop();
      loop = null;
      disk.closeAll();
    }
  }

  @Override
  public synchronized void losePower() {
    if (loop != null) {
      loop.stop();
      loop = null;
      disk.losePower();
    }
  }

  @Override
  public synchronized void pause() {
    if (loop != null) {
      loop.pause();
    }
  }

  @Override
  public synchronized void resume() {
    if (loop != null) {
      loop.resume();
    }
  }

  @Override
  public synchronized boolean running() {
    return loop != null && !loop.ended().isDone();
  }

  /** What no thread works on any more, or just now, can be looked at from here. */
  @Override
  public synchronized <T> T observe(Supplier<T> action) {
    boolean atRest = !running() || loop.paused();
    return atRest || loop.onLoop() ? action.get() : onLoop(action);
  }

  private <T> T onLoop(Supplier<T> action) {
    CompletableFuture<T> result = new CompletableFuture<>();
    loop.submit(
        () -> {
          try {
            result.complete(action.get());
          } catch (RuntimeException | Error failure) {
            result.completeExceptionally(failure);
          }
        });
    CompletableFuture.anyOf(result, loop.ended()).join();
    if (!result.isDone()) {
      throw new IllegalStateException(name + " failed before it could be asked");
    }
    return result.join();
  }

  /** A program that throws ends its process, as an uncaught exception in a broker's loop should. */
  private void failed(Throwable failure) {
    StringWriter trace = new StringWriter();
    failure.printStackTrace(new PrintWriter(trace));
    log.accept(name + " FAILED " + trace);
  }
}
