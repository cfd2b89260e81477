package dev.trial.live.client;

import dev.trial.core.history.Action.End;
import dev.trial.core.history.HistoryFormatException;
import dev.trial.core.history.HistoryJsonReader;
import dev.trial.core.history.Operation;
import dev.trial.core.history.TimedRecorder;
import dev.trial.core.run.Clients.ClientProcess;
import dev.trial.core.run.Clients.Signal;
import dev.trial.live.process.Child;
import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.ProtocolException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;

/**
 * The harness's side of one client process: admits it, tells it what to be, and records what it
 * does until nothing more can come.
 */
final class ForkedClient implements ClientProcess {
  static final int TOKEN_CHARACTERS = 32;

  private static final int LOOK_EVERY_MS = 50;
  private static final int TOKEN_TIMEOUT_MS = 5_000;
  private static final long DEATH_TIMEOUT_MS = 10_000;

  private final LaunchOrder order;
  private final Child child;
  private final ServerSocket door;
  private final byte[] token;
  private final TimedRecorder recorder;
  private final Thread attendant;

  /** Index in the history by the child's own index. */
  private final List<Long> indexes = new ArrayList<>();

  private final List<Signal> untold = new ArrayList<>();
  private Socket socket;
  private boolean saidItsEnd;
  private String nonsense;
  private volatile boolean killed;
  private volatile boolean ended;

  ForkedClient(
      LaunchOrder order, Child child, ServerSocket door, String token, TimedRecorder recorder) {
    this.order = order;
    this.child = child;
    this.door = door;
    this.token = token.getBytes(StandardCharsets.US_ASCII);
    this.recorder = recorder;
    this.attendant = new Thread(this::accompany, "client " + child.name());
    attendant.setDaemon(true);
  }

  /** Begins to listen to the process. */
  void attend() {
    attendant.start();
  }

  /** The client's name, shared by its incarnations. */
  String name() {
    return order.client();
  }

  Child child() {
    return child;
  }

  /** The port it is awaited at, until it has connected. */
  int port() {
    return door.getLocalPort();
  }

  @Override
  public String client() {
    return order.client();
  }

  @Override
  public int process() {
    return order.process();
  }

  /** True until the process is gone and its end is recorded. */
  @Override
  public boolean alive() {
    return !ended;
  }

  /** Tells the process now, or as soon as it has connected. */
  synchronized void tell(Signal signal) {
    if (socket == null) {
      untold.add(signal);
      return;
    }
    try {
      socket.getOutputStream().write(signal.ordinal());
    } catch (IOException gone) {
      // it has ended already: nothing is left to be told
    }
  }

  void kill() {
    killed = true;
    if (!ended) {
      child.kill();
      awaitEnd();
    }
  }

  private void awaitEnd() {
    try {
      attendant.join(DEATH_TIMEOUT_MS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  // ---- on the attendant's thread

  private void accompany() {
    try (door;
        Socket connected = admit()) {
      if (connected != null) {
        greet(connected);
        follow(connected.getInputStream());
      }
    } catch (HistoryFormatException | ProtocolException e) {
      nonsense = e.getMessage();
    } catch (IOException broken) {
      // a killed process resets its connection; what it had sent before was read
    } finally {
      bury();
    }
  }

  /** The process's connection; null if it died before it made one. */
  private Socket admit() throws IOException {
    door.setSoTimeout(LOOK_EVERY_MS);
    while (child.alive()) {
      try {
        Socket candidate = door.accept();
        if (authentic(candidate)) {
          return candidate;
        }
        candidate.close();
      } catch (SocketTimeoutException notYet) {
        // look again whether it still lives
      }
    }
    return null;
  }

  private boolean authentic(Socket candidate) throws IOException {
    candidate.setSoTimeout(TOKEN_TIMEOUT_MS);
    byte[] said = candidate.getInputStream().readNBytes(TOKEN_CHARACTERS);
    candidate.setSoTimeout(0);
    return MessageDigest.isEqual(token, said);
  }

  private synchronized void greet(Socket connected) throws IOException {
    connected.setTcpNoDelay(true);
    order.write(new DataOutputStream(new BufferedOutputStream(connected.getOutputStream())));
    socket = connected;
    untold.forEach(this::tell);
    untold.clear();
  }

  private void follow(InputStream in) throws IOException {
    HistoryJsonReader reader = new HistoryJsonReader(in);
    for (Operation each = reader.next(); each != null; each = reader.next()) {
      record(each);
    }
  }

  private void record(Operation each) throws IOException {
    long invocation = each.invocation();
    if (invocation != Operation.NO_INVOCATION) {
      if (invocation < 0 || invocation >= indexes.size()) {
        throw new ProtocolException("it completes operation " + invocation + ", not yet seen");
      }
      invocation = indexes.get((int) invocation);
    }
    indexes.add(
        recorder.record(each.timeNs(), order.process(), each.stage(), invocation, each.action()));
    saidItsEnd |= each.action() instanceof End;
  }

  private void bury() {
    try {
      awaitDeath();
    } finally {
      if (!saidItsEnd) {
        recorder.fact(order.process(), end());
      }
      ended = true;
    }
  }

  private End end() {
    if (killed) {
      return new End(End.How.CRASHED, null);
    }
    String why = nonsense == null ? "it ended without a word" : "it sent nonsense: " + nonsense;
    return new End(End.How.FAILED, why + "; see " + child.log().getFileName());
  }

  /** Its last word was read or its connection is broken: it dies now, if need be by force. */
  private void awaitDeath() {
    long deadlineNs = System.nanoTime() + DEATH_TIMEOUT_MS * 1_000_000L;
    try {
      for (int waitMs = 1; child.alive(); waitMs = Math.min(2 * waitMs, LOOK_EVERY_MS)) {
        if (nonsense != null || System.nanoTime() - deadlineNs > 0) {
          child.kill();
        }
        Thread.sleep(waitMs);
      }
    } catch (InterruptedException e) {
      child.kill();
    } catch (UncheckedIOException launcherIsGone) {
      // it takes its children along
    }
  }
}
