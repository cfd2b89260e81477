package dev.trial.broker.wire;

import dev.trial.core.world.Clock;
import dev.trial.core.world.Disk;
import dev.trial.core.world.Host;
import dev.trial.core.world.Network;
import dev.trial.core.world.RandomStream;
import dev.trial.core.world.Timers;

/** A host whose node outlives faults in its handlers: see {@link RequestScope}. */
public final class ServingHost implements Host, Timers {
  private final Host host;
  private final RequestScope scope;

  /**
   * @param listener told of each kind of fault once, after it was logged
   */
  public ServingHost(Host host, FaultListener listener) {
    this.host = host;
    this.scope = new RequestScope(new FaultLog(host::log, listener));
  }

  RequestScope scope() {
    return scope;
  }

  @Override
  public Timer after(long delayMs, Runnable action) {
    return host.timers().after(delayMs, scope.bound(action));
  }

  @Override
  public Timers timers() {
    return this;
  }

  @Override
  public String name() {
    return host.name();
  }

  @Override
  public Clock clock() {
    return host.clock();
  }

  @Override
  public Network network() {
    return host.network();
  }

  @Override
  public Disk disk() {
    return host.disk();
  }

  @Override
  public RandomStream random(String concern) {
    return host.random(concern);
  }

  @Override
  public void log(String line) {
    host.log(line);
  }
}
