package dev.trial.claims;

import dev.trial.core.run.HalfName;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The catalogue of claims, in the order of their sections. */
public final class Claims {
  private static final Map<String, Claim> ALL = catalogue();

  /** Halves of core claims that are left to {@code --all}: a minute is not long. */
  private static final Set<HalfName> BEYOND_CORE =
      halves(
          ConsumerClaims.KIP_848,
          "processors",
          "late-markers",
          "last-known-leader",
          "eligible-leaders");

  private Claims() {}

  private static Set<HalfName> halves(String... names) {
    return Stream.of(names).map(HalfName::new).collect(Collectors.toUnmodifiableSet());
  }

  /** Every claim by id. */
  public static Map<String, Claim> all() {
    return ALL;
  }

  /** The claims that {@code trial run} tries without flags, as far as a minute goes. */
  public static List<Claim> core() {
    return ALL.values().stream().filter(Claim::core).map(Claims::shortened).toList();
  }

  private static Claim shortened(Claim claim) {
    return claim.withHalves(
        claim.halves().stream()
            .filter(experiment -> !BEYOND_CORE.contains(experiment.half()))
            .toList());
  }

  private static Map<String, Claim> catalogue() {
    Map<String, Claim> byId = new LinkedHashMap<>();
    Stream.of(
            ReplicationClaims.all(),
            DiskClaims.all(),
            TopicClaims.all(),
            ReadingClaims.all(),
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
