package dev.trial.sim.realm;

import dev.trial.core.world.RandomStream;
import dev.trial.sim.kernel.ClientSocket;
import dev.trial.sim.kernel.Kernel;
import dev.trial.sim.kernel.SocketEvents;
import dev.trial.sim.kernel.Strand;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.locks.LockSupport;
import javax.management.MBeanServer;
import javax.management.MBeanServerFactory;

/** The least simulation that clients can run in: one machine, threads under a baton. */
final class ToyKernel implements Kernel {
  private static final int CLOCK_READS_MAX = 50;
  private static final long STEP_NS = 5_000;
  private static final long LIMIT_NS = 600_000_000_000L;

  /** What the machine does with a request: called with each whole frame. */
  interface Server {
    void handle(ByteBuffer request, java.util.function.Consumer<ByteBuffer> answer);
  }

  final List<String> oracles = new ArrayList<>();
  final List<String> log = new ArrayList<>();
  private final RandomStream network;
  private final RandomStream entropy;
  private final RandomStream scheduler;
  private final Server server;
  private final int sendBufferBytes;
  private final PriorityQueue<Event> events = new PriorityQueue<>();
  private final List<ToyStrand> runnable = new ArrayList<>();
  private final List<ToyStrand> strands = new ArrayList<>();
  private final MBeanServer mbeans = MBeanServerFactory.newMBeanServer();
  private long nowNs;
  private long sequence;
  private long hash = 1;
  private ToyStrand current;
  private int clockReads;
  private volatile Throwable failure;

  ToyKernel(long seed, int sendBufferBytes, Server server) {
    RandomStream random = new RandomStream(seed);
    this.network = random.fork("network");
    this.entropy = random.fork("entropy");
    this.scheduler = random.fork("scheduler");
    this.sendBufferBytes = sendBufferBytes;
    this.server = server;
  }

  private record Event(long timeNs, long number, Runnable action) implements Comparable<Event> {
    @Override
    public int compareTo(Event other) {
      int byTime = Long.compare(timeNs, other.timeNs);
      return byTime != 0 ? byTime : Long.compare(number, other.number);
    }
  }

  void after(long delayNs, Runnable action) {
    events.add(new Event(nowNs + delayNs, sequence++, action));
  }

  void trace(String what) {
    for (int i = 0; i < what.length(); i++) {
      hash = hash * 0x100000001B3L ^ what.charAt(i);
    }
    hash = hash * 0x100000001B3L ^ nowNs;
  }

  long hash() {
    return hash;
  }

  /** Runs until the first strand has ended. */
  void run() {
    ToyStrand main = strands.get(0);
    while (!main.done && failure == null && nowNs < LIMIT_NS) {
      while (!events.isEmpty() && events.peek().timeNs <= nowNs) {
        events.poll().action.run();
      }
      if (runnable.isEmpty()) {
        if (events.isEmpty()) {
          throw new IllegalStateException("deadlock: " + strands);
        }
        nowNs = events.peek().timeNs;
        continue;
      }
      ToyStrand next = runnable.remove(scheduler.nextInt(runnable.size()));
      current = next;
      clockReads = 0;
      trace("run " + next.id);
      next.resume();
      current = null;
      nowNs += STEP_NS;
    }
    if (failure != null) {
      throw new IllegalStateException("a strand failed", failure);
    }
    if (nowNs >= LIMIT_NS) {
      throw new IllegalStateException("stuck: " + strands + log);
    }
  }

  @Override
  public long nowNs() {
    return nowNs;
  }

  @Override
  public long epochMs() {
    return 1_700_000_000_000L + nowNs / 1_000_000;
  }

  @Override
  public void clockRead() {
    if (current != null && ++clockReads > CLOCK_READS_MAX) {
      boolean permit = current.permit;
      current.permit = false;
      long deadlineNs = nowNs + 100_000;
      while (!park(deadlineNs)) {
        permit = true;
      }
      current.permit = permit;
    }
  }

  @Override
  public Strand current() {
    return current;
  }

  @Override
  public Strand strandOf(Thread thread) {
    for (ToyStrand strand : strands) {
      if (strand.thread == thread) {
        return strand;
      }
    }
    return null;
  }

  @Override
  public Strand spawn(Thread thread, Runnable body) {
    ToyStrand strand = new ToyStrand(strands.size(), thread, body);
    strands.add(strand);
    runnable.add(strand);
    return strand;
  }

  @Override
  public boolean park(long deadlineNs) {
    ToyStrand strand = current;
    if (strand.permit) {
      strand.permit = false;
      return false;
    }
    strand.parked = true;
    strand.late = false;
    long turn = ++strand.parks;
    if (deadlineNs != FOREVER) {
      after(
          Math.max(0, deadlineNs - nowNs),
          () -> {
            if (strand.parked && strand.parks == turn) {
              strand.late = true;
              strand.ready();
            }
          });
    }
    strand.giveBack();
    return strand.late;
  }

  @Override
  public void unpark(Strand strand) {
    ToyStrand target = (ToyStrand) strand;
    if (target.parked) {
      target.ready();
    } else {
      target.permit = true;
    }
  }

  @Override
  public void yieldNow() {
    ToyStrand strand = current;
    runnable.add(strand);
    strand.giveBack();
  }

  @Override
  public RandomStream entropy() {
    return entropy;
  }

  @Override
  public ClientSocket connect(String host, int port, SocketEvents socketEvents) {
    trace("connect " + host + ":" + port);
    return new ToySocket(socketEvents);
  }

  @Override
  public byte[] resolve(String host) {
    return host.startsWith("broker-") ? new byte[] {10, 1, 0, (byte) host.charAt(7)} : null;
  }

  @Override
  public MBeanServer mbeanServer() {
    return mbeans;
  }

  @Override
  public void oracle(String oracle, String detail) {
    oracles.add(oracle + ": " + detail);
  }

  @Override
  public void clientLog(String level, String logger, String message) {
    log.add(level + " " + logger + " " + message);
  }

  private final class ToySocket implements ClientSocket {
    private final SocketEvents events;
    private final java.io.ByteArrayOutputStream received = new java.io.ByteArrayOutputStream();
    private long lastNs;
    private long lastBackNs;
    private int buffered;
    private boolean closed;

    ToySocket(SocketEvents events) {
      this.events = events;
      after(latencyNs(), events::connected);
    }

    private long latencyNs() {
      return network.between(100_000, 600_000);
    }

    @Override
    public int write(ByteBuffer[] buffers, int offset, int length) {
      int total = 0;
      for (int i = offset; i < offset + length; i++) {
        total += write(buffers[i]);
      }
      return total;
    }

    private int write(ByteBuffer bytes) {
      byte[] taken = new byte[Math.min(bytes.remaining(), sendBufferBytes - buffered)];
      bytes.get(taken);
      buffered += taken.length;
      lastNs = Math.max(lastNs, nowNs + latencyNs());
      after(lastNs - nowNs, () -> arrive(taken));
      return taken.length;
    }

    private void arrive(byte[] bytes) {
      buffered -= bytes.length;
      received.writeBytes(bytes);
      events.writable();
      ByteBuffer all = ByteBuffer.wrap(received.toByteArray());
      while (all.remaining() >= 4 && all.remaining() - 4 >= all.getInt(all.position())) {
        byte[] frame = new byte[all.getInt()];
        all.get(frame);
        trace("request " + frame.length + " " + java.util.Arrays.hashCode(frame));
        server.handle(ByteBuffer.wrap(frame), this::answer);
      }
      received.reset();
      received.write(all.array(), all.position(), all.remaining());
    }

    private void answer(ByteBuffer answer) {
      byte[] framed = new byte[answer.remaining() + 4];
      ByteBuffer.wrap(framed).putInt(answer.remaining()).put(answer.duplicate());
      int cut = network.nextInt(framed.length);
      lastBackNs = Math.max(lastBackNs, nowNs + latencyNs());
      send(java.util.Arrays.copyOfRange(framed, 0, cut));
      lastBackNs += 1_000;
      send(java.util.Arrays.copyOfRange(framed, cut, framed.length));
    }

    private void send(byte[] bytes) {
      after(
          lastBackNs - nowNs,
          () -> {
            if (!closed) {
              events.received(bytes);
            }
          });
    }

    @Override
    public void close() {
      closed = true;
    }
  }

  private final class ToyStrand implements Strand {
    private final int id;
    private final Thread thread;
    private final Thread carrier;
    private final List<Strand> joiners = new ArrayList<>();
    private volatile boolean turn;
    private boolean done;
    private boolean parked;
    private boolean permit;
    private boolean late;
    private long parks;

    ToyStrand(int id, Thread thread, Runnable body) {
      this.id = id;
      this.thread = thread;
      this.carrier = new Thread(() -> run(body), "toy-" + id);
      carrier.setDaemon(true);
    }

    private void run(Runnable body) {
      try {
        body.run();
      } catch (Throwable error) {
        failure = error;
      }
      done = true;
      joiners.forEach(ToyKernel.this::unpark);
      turn = false;
      LockSupport.unpark(loop);
    }

    private Thread loop;

    void resume() {
      loop = Thread.currentThread();
      turn = true;
      if (carrier.getState() == Thread.State.NEW) {
        carrier.start();
      } else {
        LockSupport.unpark(carrier);
      }
      while (turn) {
        LockSupport.park(this);
      }
    }

    void giveBack() {
      turn = false;
      LockSupport.unpark(loop);
      while (!turn) {
        LockSupport.park(this);
      }
    }

    void ready() {
      parked = false;
      runnable.add(this);
    }

    @Override
    public int id() {
      return id;
    }

    @Override
    public Thread thread() {
      return thread;
    }

    @Override
    public String process() {
      return "toy";
    }

    @Override
    public boolean done() {
      return done;
    }

    @Override
    public void joinedBy(Strand waiter) {
      joiners.add(waiter);
    }

    @Override
    public String toString() {
      StackTraceElement[] stack = carrier.getStackTrace();
      return thread.getName() + (done ? " done" : " at " + List.of(stack));
    }
  }
}
