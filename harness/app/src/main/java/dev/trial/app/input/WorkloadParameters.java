package dev.trial.app.input;

import dev.trial.core.input.UsageException;
import dev.trial.core.json.Nearest;
import dev.trial.core.run.Parameters;
import dev.trial.workloads.plan.KnownParameters;
import java.util.List;

/** {@code --param name=value}: what a workload's clients are told. */
public final class WorkloadParameters {
  private static final String OPTION = "--param ";

  private WorkloadParameters() {}

  /** All of them; a name that no workload knows, or a value that it does not take, is refused. */
  public static Parameters of(List<String> typed) {
    Parameters parameters = Parameters.of();
    for (String each : typed) {
      int equals = each.indexOf('=');
      if (equals < 1) {
        throw new UsageException(OPTION + each + ": write name=value, such as producers=3");
      }
      String name = each.substring(0, equals);
      String value = each.substring(equals + 1);
      check(each, name, value);
      if (parameters.values().containsKey(name)) {
        throw new UsageException(OPTION + each + ": " + name + " is given twice");
      }
      parameters = parameters.with(name, value);
    }
    return parameters;
  }

  private static void check(String typed, String name, String value) {
    if (!KnownParameters.names().contains(name)) {
      throw new UsageException(
          OPTION + typed + ": " + Nearest.explain("parameter", name, KnownParameters.names()));
    }
    String wanted = KnownParameters.refusal(name, value);
    if (wanted != null) {
      throw new UsageException(OPTION + typed + ": '" + value + "' is not " + wanted);
    }
  }
}
