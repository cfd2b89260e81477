package dev.trial.live.machine;

import dev.trial.core.world.Clock;
import dev.trial.core.world.Disk;
import dev.trial.core.world.Host;
import dev.trial.core.world.Network;
import dev.trial.core.world.RandomStream;
import dev.trial.core.world.Timers;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** What a node process on real time may touch. */
final class LiveHost implements Host {
  private final String name;
  private final Clock clock;
  private final EventLoop loop;
  private final Network network;
  private final Disk disk;
  private final RandomStream random;
  private final Consumer<String> log;
  private final Map<String, RandomStream> streams = new TreeMap<>();

  LiveHost(
      String name,
      Clock clock,
      EventLoop loop,
      Network network,
      Disk disk,
      RandomStream random,
      Consumer<String> log) {
    this.name = name;
    this.clock = clock;
    this.loop = loop;
    this.network = network;
    this.disk = disk;
    this.random = random;
    this.log = log;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Clock clock() {
    return clock;
  }

  @Override
  public Timers timers() {
    return (delayMs, action) -> loop.after(delayMs, action)::cancel;
  }

  @Override
  public Network network() {
    return network;
  }

  @Override
  public Disk disk() {
    return disk;
  }

  @Override
  public RandomStream random(String concern) {
    return streams.computeIfAbsent(concern, random::fork);
  }

  @Override
  public void log(String line) {
    log.accept(line);
  }
}
