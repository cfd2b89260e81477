package dev.trial.engine.campaign;

import dev.trial.core.run.ClientRelease;
import dev.trial.core.run.RunSpec;
import java.util.Map;
import java.util.Optional;

/**
 * What an old client library takes for an unknown setting, or never comes to an end with: an
 * experiment with it proves nothing.
 */
final class ClientLimits {
  private static final String PROTOCOL = "group.protocol";
  private static final String TRANSACTIONS = "transaction.version";
  private static final String RESET = "auto.offset.reset";
  private static final String BATCH = "batch.size";
  private static final String LARGEST = "max.message.bytes";

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
    return splitsForEver(spec) ? Optional.of(splitting(spec)) : Optional.empty();
  }

  /**
   * Until 4.2.0 a batch that the topic refuses as too large is split into batches of batch.size,
   * which it refuses as well: the producer goes on so until the delivery times out, and what it
   * keeps of each record grows with every round (KAFKA-8350; RecordAccumulator.splitAndReenqueue).
   */
  private static boolean splitsForEver(RunSpec spec) {
    long batch = number(spec.profile().producer(), BATCH, 16_384);
    return batch > number(spec.profile().topic(), LARGEST, 1_048_588) && before(spec, "4.2");
  }

  private static long number(Map<String, String> settings, String name, long otherwise) {
    String told = settings.get(name);
    return told == null ? otherwise : Long.parseLong(told);
  }

  private static String splitting(RunSpec spec) {
    return "kafka-clients "
        + spec.client()
        + " splits batches for ever where "
        + BATCH
        + " is above the topic's "
        + LARGEST
        + " (KAFKA-8350, fixed in 4.2.0)";
  }

  private static boolean before(RunSpec spec, String release) {
    return ClientRelease.of(spec.client()).before(release);
  }

  private static Optional<String> unknown(RunSpec spec, String what) {
    return Optional.of("kafka-clients " + spec.client() + " does not know " + what);
  }
}
