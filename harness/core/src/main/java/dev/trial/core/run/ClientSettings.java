package dev.trial.core.run;

import java.util.Map;
import java.util.TreeMap;

/**
 * Settings that a client of a trial needs in every world, where the user has not chosen otherwise.
 */
public final class ClientSettings {
  private static final Version JMX_REPORTER_BY_DEFAULT = new Version(3, 4);
  private static final Version WITHOUT_JMX_SWITCH = new Version(4, 0);
  private static final Version TELEMETRY = new Version(3, 7);

  private ClientSettings() {}

  private record Version(int major, int minor) {
    static Version of(String text) {
      String[] parts = text.split("[.-]");
      return new Version(Integer.parseInt(parts[0]), Integer.parseInt(parts[1]));
    }

    boolean atLeast(Version other) {
      return major != other.major ? major > other.major : minor >= other.minor;
    }
  }

  /**
   * The settings with an explicit client.id, no JMX reporter (metrics would be registered in the
   * order of runs) and no telemetry (KIP-714), as far as that version knows them.
   *
   * @param version of kafka-clients
   */
  public static Map<String, String> complete(
      Map<String, String> settings, String client, String version) {
    Version known = Version.of(version);
    Map<String, String> complete = new TreeMap<>(settings);
    complete.putIfAbsent("client.id", client);
    complete.putIfAbsent("metric.reporters", "");
    if (known.atLeast(JMX_REPORTER_BY_DEFAULT) && !known.atLeast(WITHOUT_JMX_SWITCH)) {
      complete.putIfAbsent("auto.include.jmx.reporter", "false");
    }
    if (known.atLeast(TELEMETRY)) {
      complete.putIfAbsent("enable.metrics.push", "false");
    }
    return complete;
  }
}
