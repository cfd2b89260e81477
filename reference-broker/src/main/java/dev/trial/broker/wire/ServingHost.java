package dev.trial.broker.wire;

import dev.trial.core.world.ForwardingHost;
import dev.trial.core.world.Host;
import dev.trial.core.world.Timers;

/** A host whose node outlives faults in its handlers: see {@link RequestScope}. */
public final class ServingHost extends ForwardingHost implements Timers {
  private final RequestScope scope;

  /**
   * @param listener told of each kind of fault once, after it was logged
   */
  public ServingHost(Host host, FaultListener listener) {
    super(host);
    this.scope = new RequestScope(new FaultLog(host::log, listener));
  }

  RequestScope scope() {
    return scope;
  }

  @Override
  public Timer after(long delayMs, Runnable action) {
    return super.timers().after(delayMs, scope.bound(action));
  }

  @Override
  public Timers timers() {
    return this;
  }
}
