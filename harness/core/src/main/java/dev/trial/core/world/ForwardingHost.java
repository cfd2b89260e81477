package dev.trial.core.world;

/** A host that is another one in all that a subclass does not change. */
public abstract class ForwardingHost implements Host {
  private final Host host;

  /**
   * @param host does what is asked of this one
   */
  protected ForwardingHost(Host host) {
    this.host = host;
  }

  @Override
  public final String name() {
    return host.name();
  }

  @Override
  public Clock clock() {
    return host.clock();
  }

  @Override
  public Timers timers() {
    return host.timers();
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
  public final void log(String line) {
    host.log(line);
  }
}
