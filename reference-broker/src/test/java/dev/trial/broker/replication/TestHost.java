package dev.trial.broker.replication;

import dev.trial.broker.log.MemoryDisk;
import dev.trial.core.world.Clock;
import dev.trial.core.world.Disk;
import dev.trial.core.world.Host;
import dev.trial.core.world.Network;
import dev.trial.core.world.RandomStream;
import dev.trial.core.world.Timers;

/** One process on the loop; after {@link #kill} nothing of it runs any more. */
final class TestHost implements Host {
  private final Loop loop;
  private final MemoryDisk disk;
  private boolean alive = true;

  TestHost(Loop loop, MemoryDisk disk) {
    this.loop = loop;
    this.disk = disk;
  }

  void kill() {
    alive = false;
  }

  boolean alive() {
    return alive;
  }

  @Override
  public String name() {
    return "test";
  }

  @Override
  public Clock clock() {
    return loop;
  }

  @Override
  public Timers timers() {
    return (delayMs, action) ->
        loop.after(
            delayMs,
            () -> {
              if (alive) {
                action.run();
              }
            });
  }

  @Override
  public Network network() {
    throw new UnsupportedOperationException("calls go through Peers");
  }

  @Override
  public Disk disk() {
    return disk;
  }

  @Override
  public RandomStream random(String concern) {
    return new RandomStream(1);
  }

  @Override
  public void log(String line) {}
}
