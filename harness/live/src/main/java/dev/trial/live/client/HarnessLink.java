package dev.trial.live.client;

import dev.trial.core.history.Action;
import dev.trial.core.history.HistoryJsonWriter;
import dev.trial.core.history.Operation;
import dev.trial.core.history.Recorder;
import dev.trial.core.history.Stage;
import dev.trial.core.run.Clients.Signal;
import dev.trial.live.world.LiveClock;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/**
 * A client process's line to the harness. An operation is with the kernel before the call that
 * records it returns, so a kill right after loses nothing. Without a harness there is nothing to
 * live for: when the line breaks, the process ends at once.
 */
final class HarnessLink implements Recorder {
  private static final Signal[] SIGNALS = Signal.values();
  private static final int ORPHANED = 3;
  private static final long FAREWELL_MS = 5_000;

  private final Socket socket;
  private final HistoryJsonWriter writer;
  private final LaunchOrder order;
  private final LiveClock clock;
  private Thread listener;
  private long next;
  private volatile boolean ending;

  private HarnessLink(Socket socket) throws IOException {
    this.socket = socket;
    this.writer = new HistoryJsonWriter(socket.getOutputStream());
    this.order = LaunchOrder.read(new DataInputStream(socket.getInputStream()));
    this.clock = new LiveClock(order.runStartNs());
  }

  static HarnessLink connect(int port, String token) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setTcpNoDelay(true);
    socket.getOutputStream().write(token.getBytes(StandardCharsets.US_ASCII));
    return new HarnessLink(socket);
  }

  LaunchOrder order() {
    return order;
  }

  // ---- what the harness says

  /** Hands on what the harness says from now on. */
  void listen(Consumer<Signal> told) {
    listener = new Thread(() -> hear(told), "harness");
    listener.setDaemon(true);
    listener.start();
  }

  private void hear(Consumer<Signal> told) {
    try {
      BufferedInputStream in = new BufferedInputStream(socket.getInputStream());
      for (int said = in.read(); said >= 0; said = in.read()) {
        told.accept(SIGNALS[said]);
      }
    } catch (IOException broken) {
      // the same as its end
    }
    if (!ending) {
      orphaned();
    }
  }

  private static void orphaned() {
    Runtime.getRuntime().halt(ORPHANED);
  }

  /**
   * Ends the process once the harness has read everything. A socket that is closed with unread
   * bytes resets the connection, which could overtake what was said last.
   */
  void end() throws IOException {
    ending = true;
    socket.shutdownOutput();
    try {
      listener.join(FAREWELL_MS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    Runtime.getRuntime().halt(0);
  }

  // ---- what is said to it

  @Override
  public long invoke(int process, Action action) {
    return write(process, Stage.INVOKE, Operation.NO_INVOCATION, action);
  }

  @Override
  public void complete(int process, long invocation, Stage stage, Action action) {
    write(process, stage, invocation, action);
  }

  @Override
  public void fact(int process, Action action) {
    write(process, Stage.INFO, Operation.NO_INVOCATION, action);
  }

  /** The time is taken under the lock: in the order of the lines, times never go back. */
  private synchronized long write(int process, Stage stage, long invocation, Action action) {
    long index = next++;
    try {
      writer.write(new Operation(index, clock.nanos(), process, stage, invocation, action));
      writer.flush();
    } catch (IOException broken) {
      orphaned();
    }
    return index;
  }
}
