package dev.trial.broker.cluster;

import dev.trial.core.world.DiskException;
import dev.trial.core.world.ForwardingHost;
import dev.trial.core.world.Host;
import dev.trial.core.world.Network;
import dev.trial.core.world.Timers;
import java.util.function.Consumer;

/**
 * A host whose process ends when its disk fails: what it had begun may be half done, so nothing of
 * it may go on. A broker of Kafka does the same when its last log directory has failed
 * (LogManager.handleLogDirFailure).
 */
final class FailStopHost extends ForwardingHost implements Timers, Network {
  private final Consumer<DiskException> failed;
  private boolean stopped;

  /**
   * @param failed told once, on the event loop; the process is to be ended soon
   */
  FailStopHost(Host host, Consumer<DiskException> failed) {
    super(host);
    this.failed = failed;
  }

  private void guarded(Runnable action) {
    if (stopped) {
      return;
    }
    try {
      action.run();
    } catch (DiskException e) {
      stopped = true;
      log("the disk failed, the broker ends: " + e.getMessage());
      failed.accept(e);
    }
  }

  @Override
  public Timers timers() {
    return this;
  }

  @Override
  public Network network() {
    return this;
  }

  @Override
  public Timer after(long delayMs, Runnable action) {
    return super.timers().after(delayMs, () -> guarded(action));
  }

  @Override
  public void listen(int port, Acceptor acceptor) {
    super.network()
        .listen(port, (connection, remote) -> new Guarded(acceptor.accepted(connection, remote)));
  }

  @Override
  public Connection connect(Address to, ConnectionListener listener) {
    return super.network().connect(to, new Guarded(listener));
  }

  /** Hears of a connection while the process lives. */
  private final class Guarded implements ConnectionListener {
    private final ConnectionListener listener;

    Guarded(ConnectionListener listener) {
      this.listener = listener;
    }

    @Override
    public void connected() {
      guarded(listener::connected);
    }

    @Override
    public void received(byte[] bytes) {
      guarded(() -> listener.received(bytes));
    }

    @Override
    public void closed() {
      guarded(listener::closed);
    }

    @Override
    public void drained() {
      guarded(listener::drained);
    }
  }
}
