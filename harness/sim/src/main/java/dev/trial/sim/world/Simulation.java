package dev.trial.sim.world;

import dev.trial.core.world.Machines;
import dev.trial.core.world.RandomStream;
import dev.trial.core.world.World;
import dev.trial.sim.kernel.ClientSocket;
import dev.trial.sim.kernel.Kernel;
import dev.trial.sim.kernel.SocketEvents;
import dev.trial.sim.kernel.Strand;
import dev.trial.sim.kernel.StrandEnd;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import javax.management.MBeanServer;
import javax.management.MBeanServerFactory;

/**
 * One simulated world: clock, strands, client processes, machines, network. Nothing in it is
 * static, so several may run in one JVM. It is used by one run and by one thread at a time.
 */
public final class Simulation implements Kernel {
  /** System property that overrides the carrier: auto, threads or continuations. */
  public static final String CARRIER_PROPERTY = "trial.strands";

  /** The wall clock's reading at the start of every run: 2026-01-01T00:00:00Z. */
  public static final long EPOCH_MS = 1_767_225_600_000L;

  private static final int CLOCK_READS_FREE = 40;
  private static final int YIELDS_FREE = 16;
  private static final long PAUSE_NS = 50_000;
  private static final long PAUSE_MAX_NS = 1_000_000;

  private final RandomStream root;
  private final Map<String, RandomStream> streams = new TreeMap<>();
  private final Trace trace;
  private final Scheduler scheduler;
  private final StrandCarrier carrier;
  private final SimProcess harness;
  private final SimNetwork network;
  private final SimLinks links;
  private final SimMachines machines;
  private final SimProcesses processes;
  private final SimWorld world;
  private final Map<Thread, SimStrand> strandOfThread = new IdentityHashMap<>();
  private SimulationListener listener = new SimulationListener() {};
  private MBeanServer mbeanServer;
  private boolean unwinding;

  public Simulation(SimulationOptions options) {
    this.root = new RandomStream(options.seed());
    this.trace = new Trace(options.keepPrefixes(), options.probe());
    this.scheduler = new Scheduler(trace, root.fork("scheduler"), options.limitMs() * 1_000_000L);
    this.carrier = carrier(options.carrier());
    this.harness =
        new SimProcess("harness", null, random("harness"), Simulation.class.getClassLoader());
    this.network = new SimNetwork(scheduler, trace, root, options);
    this.links = new SimLinks(network, root);
    this.machines = new SimMachines(this, network, links, root);
    this.processes = new SimProcesses(this, network, root);
    this.world = new SimWorld(this);
  }

  private StrandCarrier carrier(SimulationOptions.Carrier asked) {
    String property = System.getProperty(CARRIER_PROPERTY, "auto");
    boolean threads =
        asked == SimulationOptions.Carrier.THREADS
            || (asked == SimulationOptions.Carrier.AUTO
                && (property.equals("threads") || !CarrierContinuations.available()));
    if (threads) {
      return new CarrierThreads(this);
    }
    if (!CarrierContinuations.available()) {
      throw new SimulationException(
          "continuations need JDK 21 or later with --add-exports"
              + " java.base/jdk.internal.vm=ALL-UNNAMED");
    }
    return new CarrierContinuations(this);
  }

  /** Whether this JVM gives access to continuations, which make strand switches cheap. */
  public static boolean continuations() {
    return CarrierContinuations.available();
  }

  // ---- a run

  /**
   * Runs {@code main} as the harness's main strand until it returns, then ends everything. Once per
   * simulation.
   */
  public void execute(Runnable main) {
    if (!scheduler.strands().isEmpty()) {
      throw new IllegalStateException("a simulation runs once");
    }
    ClassLoader before = Thread.currentThread().getContextClassLoader();
    try {
      start(harness, new Thread("main"), () -> runMain(main));
      carrier.drive(scheduler.next());
    } catch (SimulationException stuck) {
      scheduler.end(stuck);
    } finally {
      unwinding = true;
      carrier.unwind();
      scheduler.left();
      Thread.currentThread().setContextClassLoader(before);
    }
    rethrow(scheduler.failure());
  }

  private void runMain(Runnable main) {
    main.run();
    scheduler.end(null);
  }

  private static void rethrow(Throwable failure) {
    if (failure instanceof RuntimeException) {
      throw (RuntimeException) failure;
    }
    if (failure instanceof Error) {
      throw (Error) failure;
    }
    if (failure != null) {
      throw new SimulationException("the run failed", failure);
    }
  }

  /** Who hears of oracles, log lines and failed strands. */
  public void listener(SimulationListener other) {
    this.listener = other;
  }

  /** Runs after each event of a machine, with its name: the place for invariants. */
  public void afterEvent(Consumer<String> check) {
    network.afterEvent(check);
  }

  /** Who builds the answers of refused requests. */
  public void refusal(Refusal builder) {
    network.refusal(builder);
  }

  /** The run's world: time, waiting, harness tasks, randomness. */
  public World world() {
    return world;
  }

  /** Machines that nodes boot on, and the faults of the links. */
  public Machines machines() {
    return machines;
  }

  /** The rolling trace. */
  public Trace trace() {
    return trace;
  }

  /** Hash over everything so far, hexadecimal. */
  public String traceHash() {
    return trace.hash();
  }

  /** Mixes something that was recorded (an operation, say) into the trace. */
  public void trace(String kind, long first, long second) {
    refuseAfterEnd();
    trace.text(scheduler.nowNs(), TraceKind.RECORD, -1, kind, first, second);
  }

  /** Mixes recorded bytes into the trace. */
  public void trace(String kind, byte[] bytes) {
    trace(kind, bytes.length, 0);
    trace.bytes(scheduler.nowNs(), TraceKind.RECORD, -1, bytes.length, bytes);
  }

  /** Events that fired and steps that strands made, for measurements. */
  public long eventsFired() {
    return scheduler.fired();
  }

  /** How often a strand was given control. */
  public long strandSteps() {
    return scheduler.steps();
  }

  /**
   * Strands whose code swallowed every {@link StrandEnd} at the end of the run; the thread of each
   * stays behind, asleep. 0 after a clean end.
   */
  public int abandonedStrands() {
    return carrier.abandoned();
  }

  // ---- client processes

  /**
   * Starts a client process: {@code main} is its first strand, {@code context} the context class
   * loader of all. The name is its party on the network; incarnations follow one another.
   */
  public void spawnProcess(String process, ClassLoader context, Runnable main) {
    processes.spawn(process, context, main);
  }

  /** kill -9: its strands never run again, its connections close. Harmless if it has ended. */
  public void killProcess(String process) {
    processes.kill(process);
  }

  /** SIGSTOP: its strands don't run, its connections stay open. */
  public void pauseProcess(String process) {
    processes.pause(process);
  }

  /** SIGCONT. */
  public void resumeProcess(String process) {
    processes.resume(process);
  }

  /** True while a strand of it is left and it was not killed. */
  public boolean processAlive(String process) {
    return processes.alive(process);
  }

  // ---- kernel: time and strands

  @Override
  public long nowNs() {
    return scheduler.nowNs();
  }

  @Override
  public long epochMs() {
    SimStrand strand = scheduler.current();
    return epochMs(strand == null ? null : strand.owner.party());
  }

  /** What that party's wall clock shows; null: the true time. */
  long epochMs(Party party) {
    long nowNs = scheduler.nowNs();
    long deviationMs = party == null ? 0 : party.clock().deviationMs(nowNs);
    return EPOCH_MS + nowNs / 1_000_000L + deviationMs;
  }

  @Override
  public void clockRead() {
    SimStrand strand = scheduler.current();
    if (strand == null) {
      return;
    }
    refuseAfterEnd();
    if (++strand.clockReads > CLOCK_READS_FREE) {
      int pauses = strand.clockPauses;
      pause(strand, Math.min(PAUSE_MAX_NS, PAUSE_NS << Math.min(5, pauses)));
      strand.clockPauses = pauses + 1;
    }
  }

  @Override
  public Strand current() {
    return scheduler.current();
  }

  @Override
  public Strand strandOf(Thread thread) {
    return strandOfThread.get(thread);
  }

  @Override
  public Strand spawn(Thread thread, Runnable body) {
    refuseAfterEnd();
    SimStrand parent = scheduler.current();
    return start(parent == null ? harness : parent.owner, thread, body);
  }

  SimStrand start(SimProcess owner, Thread thread, Runnable body) {
    SimStrand strand = new SimStrand(this, owner, scheduler.strands().size(), thread, body);
    thread.setContextClassLoader(owner.context());
    strandOfThread.put(thread, strand);
    owner.strands().add(strand);
    scheduler.start(strand);
    return strand;
  }

  /** Starts a strand of the harness. */
  void startTask(String name, Runnable body) {
    refuseAfterEnd();
    start(harness, new Thread(name), body);
  }

  @Override
  public boolean park(long deadlineNs) {
    SimStrand strand = running("park");
    if (strand.permit) {
      strand.permit = false;
      return false;
    }
    strand.clockPauses = 0;
    strand.yields = 0;
    if (deadlineNs != FOREVER) {
      scheduler.at(deadlineNs, strand);
    }
    strand.late = false;
    strand.state = SimStrand.State.PARKED;
    leave(strand);
    return strand.late;
  }

  @Override
  public void unpark(Strand strand) {
    SimStrand target = (SimStrand) strand;
    target.yields = 0;
    if (target.state == SimStrand.State.PARKED) {
      scheduler.makeReady(target);
    } else if (!target.done()) {
      target.permit = true;
    }
  }

  @Override
  public void yieldNow() {
    SimStrand strand = running("yieldNow");
    if (++strand.yields > YIELDS_FREE) {
      int yields = strand.yields;
      pause(strand, Math.min(PAUSE_NS, 1_000L << Math.min(6, yields - YIELDS_FREE)));
      strand.yields = yields;
      return;
    }
    scheduler.makeReady(strand);
    leave(strand);
  }

  /** Makes a spinning strand wait without touching its permit. */
  private void pause(SimStrand strand, long lengthNs) {
    boolean permit = strand.permit;
    strand.permit = false;
    long untilNs = scheduler.nowNs() + lengthNs;
    while (!park(untilNs)) {
      permit = true;
    }
    strand.permit = permit;
  }

  private SimStrand running(String call) {
    SimStrand strand = scheduler.current();
    if (strand == null) {
      throw new IllegalStateException(call + " outside of a strand");
    }
    refuseAfterEnd();
    return strand;
  }

  /** Gives up control; returns when chosen again. */
  void leave(SimStrand strand) {
    SimStrand next = scheduler.next();
    if (next != strand) {
      carrier.handOver(strand, next);
    }
    refuseAfterEnd();
  }

  private void refuseAfterEnd() {
    if (unwinding) {
      carrier.unwinding(scheduler.current());
      throw new StrandEnd();
    }
    if (scheduler.ended() && scheduler.failure() instanceof SimulationException) {
      throw new StrandEnd();
    }
  }

  /** A strand's whole life, on its carrier. */
  void runBody(SimStrand strand) {
    Throwable failure = null;
    try {
      strand.body.run();
    } catch (StrandEnd end) {
      return;
    } catch (Throwable thrown) {
      failure = thrown;
    }
    if (unwinding) {
      return;
    }
    strand.state = SimStrand.State.DONE;
    strand.owner.strands().remove(strand);
    for (SimStrand joiner : strand.takeJoiners()) {
      unpark(joiner);
    }
    if (failure != null) {
      report(strand, failure);
    }
    processes.strandEnded(strand.owner);
  }

  private void report(SimStrand strand, Throwable failure) {
    if (strand.owner.harness()) {
      scheduler.end(failure);
      return;
    }
    try {
      listener.strandFailed(strand.process(), strand.thread().getName(), failure);
    } catch (RuntimeException | Error refused) {
      scheduler.end(refused);
    }
  }

  // ---- kernel: the rest

  @Override
  public RandomStream entropy() {
    SimStrand strand = scheduler.current();
    return (strand == null ? harness : strand.owner).entropy();
  }

  @Override
  public ClientSocket connect(String host, int port, SocketEvents events) {
    SimStrand strand = running("connect");
    if (strand.owner.harness()) {
      throw new IllegalStateException("only client processes have sockets: spawnProcess");
    }
    return network.connect(strand.owner.party(), host, port, events);
  }

  @Override
  public byte[] resolve(String host) {
    return network.resolve(host);
  }

  @Override
  public MBeanServer mbeanServer() {
    if (mbeanServer == null) {
      mbeanServer = MBeanServerFactory.newMBeanServer("trial");
    }
    return mbeanServer;
  }

  @Override
  public void oracle(String oracle, String detail) {
    refuseAfterEnd();
    trace(oracle, detail.length(), 0);
    listener.oracle(currentProcess(), oracle, detail);
  }

  @Override
  public void clientLog(String level, String logger, String message) {
    refuseAfterEnd();
    listener.clientLog(currentProcess(), level, logger, message);
  }

  void hostLog(String machine, String line) {
    listener.hostLog(machine, line);
  }

  private String currentProcess() {
    SimStrand strand = scheduler.current();
    return (strand == null ? harness : strand.owner).name();
  }

  /** The run's stream for a concern; the same name gives the same stream. */
  RandomStream random(String concern) {
    return streams.computeIfAbsent(concern, name -> root.fork("run:" + name));
  }

  Scheduler scheduler() {
    return scheduler;
  }
}
