package dev.trial.sim.client;

import dev.trial.core.history.Action.End;
import dev.trial.core.history.Recorder;
import dev.trial.core.run.ClientContext;
import dev.trial.core.run.ClientPlan;
import dev.trial.core.run.ClientProgram;
import dev.trial.core.run.Clients.ClientProcess;
import dev.trial.core.run.Clients.Signal;
import dev.trial.core.run.Parameters;
import dev.trial.core.world.Clock;
import dev.trial.core.world.RandomStream;
import dev.trial.sim.kernel.StrandEnd;
import dev.trial.sim.realm.Realm;
import dev.trial.sim.world.Simulation;
import java.util.Map;

/** One client process: what the run knows of it, and what it knows of the run. */
final class SimClient implements ClientProcess, ClientContext {
  private final Simulation simulation;
  private final Realm realm;
  private final ClientPlan plan;
  private final int process;
  private final int incarnation;
  private final Map<String, String> settings;
  private final Recorder recorder;
  private final Clock clock = new ProcessClock();
  private int threads = 1;
  private String error;
  private boolean ended;
  private boolean stopping;
  private boolean closing;

  SimClient(
      Simulation simulation,
      Realm realm,
      ClientPlan plan,
      int process,
      int incarnation,
      Map<String, String> settings,
      Recorder recorder) {
    this.simulation = simulation;
    this.realm = realm;
    this.plan = plan;
    this.process = process;
    this.incarnation = incarnation;
    this.settings = settings;
    this.recorder = recorder;
  }

  /** A body that may throw what it likes. */
  private interface Body {
    void run() throws Exception;
  }

  /** The process's main strand. */
  void main() {
    live(simulation.current().thread(), this::runProgram);
  }

  private void runProgram() throws Exception {
    Class<?> type = realm.loadClass(plan.program());
    ((ClientProgram) type.getConstructor().newInstance()).run(this);
  }

  private void live(Thread thread, Body body) {
    realm.runMain(simulation, thread, () -> guarded(body));
    if (--threads == 0) {
      end(error == null ? End.How.CLOSED : End.How.FAILED, error);
      simulation.killProcess(plan.name());
    }
  }

  private void guarded(Body body) {
    try {
      body.run();
    } catch (StrandEnd runIsOver) {
      throw runIsOver;
    } catch (Exception | AssertionError | LinkageError | StackOverflowError failure) {
      error = error == null ? describe(failure) : error;
    }
  }

  private static String describe(Throwable failure) {
    StringBuilder text = new StringBuilder(failure.toString());
    for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
      text.append(", caused by ").append(cause);
    }
    return text.toString();
  }

  void end(End.How how, String failure) {
    if (!ended) {
      ended = true;
      recorder.fact(process, new End(how, failure));
    }
  }

  void told(Signal signal) {
    stopping = true;
    closing |= signal == Signal.CLOSE;
  }

  @Override
  public boolean alive() {
    return !ended;
  }

  @Override
  public String client() {
    return plan.name();
  }

  @Override
  public int process() {
    return process;
  }

  @Override
  public int incarnation() {
    return incarnation;
  }

  @Override
  public Map<String, String> settings() {
    return settings;
  }

  @Override
  public Parameters parameters() {
    return plan.parameters();
  }

  @Override
  public Recorder recorder() {
    return recorder;
  }

  @Override
  public Clock clock() {
    return clock;
  }

  @Override
  public RandomStream random(String concern) {
    return simulation.world().random("client:" + plan.name() + "#" + incarnation + ":" + concern);
  }

  @Override
  public void sleep(long ms) {
    simulation.world().sleep(ms);
  }

  @Override
  public boolean stopping() {
    return stopping;
  }

  @Override
  public boolean closing() {
    return closing;
  }

  @Override
  public void spawn(String name, Runnable body) {
    threads++;
    Thread thread = new Thread(name);
    simulation.spawn(thread, () -> live(thread, body::run));
  }

  /** The clock as this process sees it; reading it again and again costs virtual time. */
  private final class ProcessClock implements Clock {
    @Override
    public long nanos() {
      simulation.clockRead();
      return simulation.nowNs();
    }

    @Override
    public long epochMs() {
      simulation.clockRead();
      return simulation.epochMs();
    }
  }
}
