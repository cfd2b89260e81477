package dev.trial.core.run;

import dev.trial.core.history.Action.Start;
import java.util.Map;

/**
 * One client of a workload.
 *
 * @param name unique in the workload
 * @param kind what it is for
 * @param program class name of its {@link ClientProgram}
 * @param parameters the program's parameters
 * @param settings Kafka client settings on top of the profile's for its kind
 * @param startAtMs when it starts, in milliseconds since the load phase began
 * @param restarts whether a crashed one is started again when its fault ends
 */
public record ClientPlan(
    String name,
    Start.Kind kind,
    String program,
    Parameters parameters,
    Map<String, String> settings,
    long startAtMs,
    boolean restarts) {}
