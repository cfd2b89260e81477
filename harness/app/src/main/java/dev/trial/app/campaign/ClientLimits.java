package dev.trial.app.campaign;

import dev.trial.core.run.RunSpec;
import java.util.Optional;

/**
 * What an old client library takes for an unknown setting: an experiment with it proves nothing.
 */
final class ClientLimits {
  private static final String PROTOCOL = "group.protocol";

  private ClientLimits() {}

  /** Why the client of a spec cannot be tried with its profile; empty if it can. */
  static Optional<String> of(RunSpec spec) {
    boolean asked = "consumer".equals(spec.profile().consumer().get(PROTOCOL));
    return asked && before(spec.client(), 3, 7)
        ? Optional.of(
            "kafka-clients " + spec.client() + " does not know " + PROTOCOL + " (KIP-848, 3.7)")
        : Optional.empty();
  }

  private static boolean before(String version, int major, int minor) {
    String[] parts = version.split("[.-]");
    try {
      int told = Integer.parseInt(parts[0]);
      return told < major || told == major && Integer.parseInt(parts[1]) < minor;
    } catch (NumberFormatException | ArrayIndexOutOfBoundsException notNumbered) {
      return false;
    }
  }
}
