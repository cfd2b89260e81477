package dev.trial.workloads.program;

import dev.trial.core.history.Action;
import dev.trial.core.history.Operation;
import dev.trial.core.history.Recorder;
import dev.trial.core.history.Stage;
import dev.trial.core.run.ClientContext;
import dev.trial.core.run.Parameters;
import dev.trial.core.world.Clock;
import dev.trial.core.world.RandomStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A process without a world: time moves when it sleeps, and what it does is kept in a list. */
final class Recording implements ClientContext, Recorder {
  final List<Operation> operations = new ArrayList<>();
  Map<String, String> settings = Map.of("client.id", "it");
  Parameters parameters = new Parameters(Map.of());
  int incarnation;
  long stopsAtMs = Long.MAX_VALUE;
  boolean closes;
  private long nowMs;

  List<Operation> of(Class<? extends Action> kind) {
    return operations.stream().filter(operation -> kind.isInstance(operation.action())).toList();
  }

  List<Operation> completions(Class<? extends Action> kind) {
    return of(kind).stream().filter(operation -> operation.stage() != Stage.INVOKE).toList();
  }

  @Override
  public long invoke(int process, Action action) {
    return add(process, Stage.INVOKE, Operation.NO_INVOCATION, action);
  }

  @Override
  public void complete(int process, long invocation, Stage stage, Action action) {
    add(process, stage, invocation, action);
  }

  @Override
  public void fact(int process, Action action) {
    add(process, Stage.INFO, Operation.NO_INVOCATION, action);
  }

  private long add(int process, Stage stage, long invocation, Action action) {
    long index = operations.size();
    operations.add(new Operation(index, nowMs * 1_000_000, process, stage, invocation, action));
    return index;
  }

  @Override
  public String client() {
    return "it";
  }

  @Override
  public int process() {
    return 7;
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
    return parameters;
  }

  @Override
  public Recorder recorder() {
    return this;
  }

  @Override
  public Clock clock() {
    return new Clock() {
      @Override
      public long nanos() {
        return nowMs * 1_000_000;
      }

      @Override
      public long epochMs() {
        return 1_700_000_000_000L + nowMs;
      }
    };
  }

  @Override
  public RandomStream random(String concern) {
    return new RandomStream(1).fork(concern);
  }

  @Override
  public void sleep(long ms) {
    nowMs += ms;
  }

  @Override
  public boolean stopping() {
    return nowMs >= stopsAtMs;
  }

  @Override
  public boolean closing() {
    return closes;
  }

  @Override
  public void spawn(String name, Runnable body) {
    body.run();
  }
}
