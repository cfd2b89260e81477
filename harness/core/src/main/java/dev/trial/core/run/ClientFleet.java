package dev.trial.core.run;

import dev.trial.core.history.Recorder;
import dev.trial.core.run.Clients.ClientProcess;
import dev.trial.core.run.Clients.Signal;
import dev.trial.core.world.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * The client processes of one run by client name: starts them, ends them, and starts the next
 * incarnation of one that was killed. Every incarnation has a process id of its own.
 */
public final class ClientFleet {

  /** Parameter of a later incarnation: milliseconds since the first process of its name began. */
  public static final String AGE_MS = "age-ms";

  private final Clients clients;
  private final Recorder recorder;
  private final RunSpec spec;
  private final String bootstrapServers;
  private final Clock clock;
  private final Map<String, ClientPlan> plans = new LinkedHashMap<>();
  private final Map<String, ClientProcess> current = new LinkedHashMap<>();
  private final Map<String, Integer> incarnations = new TreeMap<>();
  private final Map<String, Long> firstMs = new TreeMap<>();
  private int nextProcess;
  private boolean stopped;

  /** A fleet of which no client has been started. */
  public ClientFleet(
      Clients clients, Recorder recorder, RunSpec spec, String bootstrapServers, Clock clock) {
    this.clock = clock;
    this.clients = clients;
    this.recorder = recorder;
    this.spec = spec;
    this.bootstrapServers = bootstrapServers;
  }

  /** Names of the clients started so far, in order of their start. */
  public List<String> names() {
    return List.copyOf(plans.keySet());
  }

  /** Starts the first process of a client. */
  public void start(ClientPlan plan) {
    if (stopped) {
      return;
    }
    plans.put(plan.name(), plan);
    launch(plan);
  }

  /** Starts a client after the load is over (the readers of the final phase). */
  public void startLate(ClientPlan plan) {
    plans.put(plan.name(), plan);
    launch(plan);
  }

  /** kill -9 of the client's current process, if it lives. */
  public void kill(String name) {
    if (running(name)) {
      clients.kill(current.get(name));
    }
  }

  /** True while a process of that client lives, paused or not. */
  public boolean running(String name) {
    ClientProcess process = current.get(name);
    return process != null && process.alive();
  }

  /** Tells the client's current process to close in order and end. */
  public void stop(String name) {
    if (running(name)) {
      clients.signal(current.get(name), Signal.CLOSE);
    }
  }

  /** Starts the next incarnation of a client that is down and may restart. */
  public void restart(String name) {
    ClientPlan plan = plans.get(name);
    if (plan != null && !stopped && plan.restarts() && !running(name)) {
      launch(plan);
    }
  }

  /** SIGSTOP of the client's current process. */
  public void pause(String name) {
    if (running(name)) {
      clients.pause(current.get(name));
    }
  }

  /** SIGCONT of the client's current process. */
  public void resume(String name) {
    if (running(name)) {
      clients.resume(current.get(name));
    }
  }

  /** Tells every living process of a matching plan; no incarnation is started from now on. */
  public void signal(Signal signal, Predicate<ClientPlan> which) {
    stopped = true;
    for (Map.Entry<String, ClientProcess> entry : current.entrySet()) {
      if (entry.getValue().alive() && which.test(plans.get(entry.getKey()))) {
        clients.signal(entry.getValue(), signal);
      }
    }
  }

  /** Names of matching clients whose process lives. */
  public List<String> alive(Predicate<ClientPlan> which) {
    List<String> names = new ArrayList<>();
    for (Map.Entry<String, ClientProcess> entry : current.entrySet()) {
      if (entry.getValue().alive() && which.test(plans.get(entry.getKey()))) {
        names.add(entry.getKey());
      }
    }
    return names;
  }

  /** Kills whatever still lives. */
  public void killAll() {
    for (String name : alive(plan -> true)) {
      kill(name);
    }
  }

  private void launch(ClientPlan plan) {
    int incarnation = incarnations.merge(plan.name(), 1, Integer::sum) - 1;
    ClientPlan aged = aged(plan, incarnation);
    current.put(
        plan.name(), clients.start(aged, nextProcess++, incarnation, settings(plan), recorder));
  }

  /** What a program is to do when goes on from where its last incarnation was. */
  private ClientPlan aged(ClientPlan plan, int incarnation) {
    long nowMs = clock.millis();
    long ageMs = nowMs - firstMs.computeIfAbsent(plan.name(), name -> nowMs);
    if (incarnation == 0) {
      return plan;
    }
    Map<String, String> parameters = new TreeMap<>(plan.parameters().values());
    parameters.put(AGE_MS, String.valueOf(ageMs));
    return new ClientPlan(
        plan.name(),
        plan.kind(),
        plan.program(),
        new Parameters(parameters),
        plan.settings(),
        plan.startAtMs(),
        plan.restarts());
  }

  private Map<String, String> settings(ClientPlan plan) {
    Map<String, String> settings = plan.settings(spec.profile());
    settings.put("bootstrap.servers", bootstrapServers);
    settings.put("client.id", plan.name());
    return settings;
  }
}
