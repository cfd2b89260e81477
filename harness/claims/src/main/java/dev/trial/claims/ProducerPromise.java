package dev.trial.claims;

import dev.trial.core.history.Action.Start.Kind;
import dev.trial.core.profile.Profile;
import dev.trial.core.run.ClientPlan;
import dev.trial.core.run.ClientRelease;
import java.util.Map;

/**
 * What a producer is promised by its settings, with the defaults of its release (KIP-679: acks=all
 * and idempotence since 3.0).
 *
 * @param acks "0", "1" or "all"
 * @param idempotent whether each record is stored once and in order
 */
record ProducerPromise(String acks, boolean idempotent) {
  private static final int IN_FLIGHT_MOST = 5;

  /** True if the client has a producer. */
  static boolean has(ClientPlan client) {
    return client.kind() == Kind.PRODUCER || client.kind() == Kind.PROCESSOR;
  }

  /** Of a client that has one. */
  static ProducerPromise of(ClientPlan client, Profile profile, String version) {
    Map<String, String> all = client.settings(profile);
    String prefix = client.kind() == Kind.PROCESSOR ? ClientPlan.OF_THE_PRODUCER : "";
    boolean old = ClientRelease.of(version).before("3.0");
    String acks = all.getOrDefault(prefix + "acks", old ? "1" : "all");
    acks = acks.equals("-1") ? "all" : acks;
    String idempotence = all.get(prefix + "enable.idempotence");
    boolean transactional =
        all.containsKey(prefix + "transactional.id")
            || client.parameters().flag("transactional", false);
    boolean byDefault = !old && acks.equals("all") && inFlight(all, prefix) <= IN_FLIGHT_MOST;
    return new ProducerPromise(
        acks,
        transactional || (idempotence == null ? byDefault : Boolean.parseBoolean(idempotence)));
  }

  private static int inFlight(Map<String, String> settings, String prefix) {
    String told = settings.get(prefix + "max.in.flight.requests.per.connection");
    return told == null ? IN_FLIGHT_MOST : Integer.parseInt(told.trim());
  }
}
