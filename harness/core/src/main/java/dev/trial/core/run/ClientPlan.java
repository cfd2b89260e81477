package dev.trial.core.run;

import dev.trial.core.history.Action.Start;
import dev.trial.core.profile.Profile;
import java.util.Map;
import java.util.TreeMap;

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
    boolean restarts) {

  /**
   * Begins the names of the producer's settings where a process has a consumer as well, as Kafka
   * Streams names them.
   */
  public static final String OF_THE_PRODUCER = "producer.";

  /** The Kafka settings of its clients: the profile's for its kind, and its own on top. */
  public Map<String, String> settings(Profile profile) {
    Map<String, String> all = new TreeMap<>();
    switch (kind) {
      case PRODUCER -> all.putAll(profile.producer());
      case CONSUMER, READER -> all.putAll(profile.consumer());
      case PROCESSOR -> {
        profile.producer().forEach((name, value) -> all.put(OF_THE_PRODUCER + name, value));
        all.putAll(profile.consumer());
      }
      case ADMIN -> {}
    }
    all.putAll(settings);
    return all;
  }
}
