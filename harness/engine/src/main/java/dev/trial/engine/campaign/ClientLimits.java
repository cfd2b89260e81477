package dev.trial.engine.campaign;

import dev.trial.core.run.ClientRelease;
import dev.trial.core.run.RunSpec;
import java.util.Map;
import java.util.Optional;

/**
 * What an old client library takes for an unknown setting: an experiment with it proves nothing.
 */
final class ClientLimits {
  private static final String PROTOCOL = "group.protocol";
  private static final String TRANSACTIONS = "transaction.version";
  private static final String RESET = "auto.offset.reset";

  private ClientLimits() {}

  /** Why the client of a spec cannot be tried with its profile; empty if it can. */
  static Optional<String> of(RunSpec spec) {
    Map<String, String> consumer = spec.profile().consumer();
    boolean serverSide = "consumer".equals(consumer.get(PROTOCOL));
    if (serverSide && before(spec, "3.7")) {
      return unknown(spec, PROTOCOL + " (KIP-848, 3.7)");
    }
    if (consumer.getOrDefault(RESET, "").startsWith("by_duration") && before(spec, "4.0")) {
      return unknown(spec, RESET + "=by_duration (KIP-1106, 4.0)");
    }
    if (serverSide && spec.workload().equals("group-pattern") && before(spec, "4.0")) {
      return unknown(spec, "SubscriptionPattern (KIP-848, 4.0)");
    }
    if (spec.workload().equals("group-protocol-switch") && before(spec, "4.0")) {
      return unknown(spec, "the type of a group (KIP-848, 4.0)");
    }
    if ("2".equals(spec.profile().broker().get(TRANSACTIONS)) && before(spec, "4.0")) {
      return unknown(spec, TRANSACTIONS + "=2 (KIP-890, 4.0)");
    }
    return Optional.empty();
  }

  private static boolean before(RunSpec spec, String release) {
    return ClientRelease.of(spec.client()).before(release);
  }

  private static Optional<String> unknown(RunSpec spec, String what) {
    return Optional.of("kafka-clients " + spec.client() + " does not know " + what);
  }
}
