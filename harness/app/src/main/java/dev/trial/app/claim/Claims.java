package dev.trial.app.claim;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The catalogue of claims, in the order of their sections. */
public final class Claims {
  private static final Map<String, Claim> ALL = catalogue();

  private Claims() {}

  /** Every claim by id. */
  public static Map<String, Claim> all() {
    return ALL;
  }

  /**
   * The claims that {@code trial run} tries without flags, in under a minute: their halves with the
   * second group protocol are left to {@code --all}.
   */
  public static List<Claim> core() {
    return ALL.values().stream().filter(Claim::core).map(Claims::classic).toList();
  }

  private static Claim classic(Claim claim) {
    return claim.withHalves(
        claim.halves().stream()
            .filter(experiment -> !experiment.half().equals(ConsumerClaims.KIP_848))
            .toList());
  }

  private static Map<String, Claim> catalogue() {
    Map<String, Claim> byId = new LinkedHashMap<>();
    Stream.of(
            ReplicationClaims.all(),
            DiskClaims.all(),
            TopicClaims.all(),
            ProducerClaims.all(),
            TransactionClaims.all(),
            TransactionHazards.all(),
            ConsumerClaims.all(),
            MembershipClaims.all())
        .flatMap(List::stream)
        .forEach(claim -> byId.put(claim.id(), claim));
    return Collections.unmodifiableMap(byId);
  }
}
