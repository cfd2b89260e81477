package dev.trial.engine.campaign;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.trial.claims.Claim;
import dev.trial.claims.Claims;
import dev.trial.claims.Experiment;
import dev.trial.core.history.Action.Start.Kind;
import dev.trial.core.input.UsageException;
import dev.trial.core.run.ClientPlan;
import dev.trial.core.run.ClientSettings;
import dev.trial.core.run.RunSpec;
import dev.trial.engine.release.ClientDefaults;
import dev.trial.engine.targets.Target;
import dev.trial.engine.targets.Targets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Claims say what they are about: no client of a claim leaves a setting to its release where
 * releases differ. What differs is asked of the jars, so that a new release cannot change a claim.
 */
class ClaimSettingsTest {
  private static final List<String> RELEASES = List.of("2.8.2", "3.0.0", "3.9.2", "4.4.0");

  /** Claims about what releases do by themselves. */
  private static final Map<String, String> ABOUT_DEFAULTS =
      Map.of("defaults-by-version", "each half is about the defaults of the client that it names");

  /** Settings that differ and decide nothing here. */
  private static final Map<String, String> INDIFFERENT =
      Map.of(
          "metadata.recovery.strategy",
          "bootstrapping again (KIP-899) finds the same three brokers, all of them known",
          "metric.reporters",
          "metrics are not what a claim is about",
          "partitioner.class",
          "both hash keys alike; where records without keys go is promised to nobody, and no name"
              + " stands for the partitioner of today (KIP-794)",
          "sasl.oauthbearer.expected.audience",
          "PLAINTEXT only",
          "ssl.cipher.suites",
          "PLAINTEXT only");

  private static SortedMap<String, Set<String>> producer;
  private static SortedMap<String, Set<String>> consumer;
  private static Target target;

  @BeforeAll
  static void askTheJars() {
    producer = differing(ClientDefaults::producer);
    consumer = differing(ClientDefaults::consumer);
    target = Targets.simulation(held -> {});
  }

  @AfterAll
  static void close() {
    if (target != null) {
      target.close();
    }
  }

  @Test
  void noClaimLeavesToAReleaseWhereReleasesDiffer() {
    List<String> left = new ArrayList<>();
    Set<String> exempt = new TreeSet<>();
    for (Claim claim : Claims.all().values()) {
      for (Experiment half : claim.halves()) {
        for (String each : leftToTheClient(claim, half)) {
          if (ABOUT_DEFAULTS.containsKey(claim.id())) {
            exempt.add(claim.id());
          } else {
            left.add(claim.name(half) + ": " + each);
          }
        }
      }
    }
    assertEquals(List.of(), left);
    assertEquals(ABOUT_DEFAULTS.keySet(), exempt, "an exemption that covers nothing");
  }

  @Test
  void whatIsIndifferentDiffers() {
    Set<String> differ = new TreeSet<>(producer.keySet());
    differ.addAll(consumer.keySet());
    assertTrue(differ.containsAll(INDIFFERENT.keySet()), differ.toString());
    assertTrue(
        differ.containsAll(
            Set.of("acks", "enable.idempotence", "linger.ms", "session.timeout.ms")));
  }

  private static Set<String> leftToTheClient(Claim claim, Experiment half) {
    RunSpec spec = Specs.of(claim, half, target, Targets.DEFAULT_CLIENT, 1, Specs.Overrides.NONE);
    Set<String> left = new TreeSet<>();
    for (ClientPlan client : Specs.plan(spec).clients()) {
      Map<String, String> set =
          ClientSettings.complete(
              client.settings(spec.profile()), client.name(), Targets.DEFAULT_CLIENT);
      if (client.kind() == Kind.PRODUCER) {
        left.addAll(missing(client, producer, set, ""));
      } else if (client.kind() != Kind.ADMIN) {
        left.addAll(missing(client, consumer, set, ""));
      }
      if (client.kind() == Kind.PROCESSOR) {
        left.addAll(missing(client, producer, set, ClientPlan.OF_THE_PRODUCER));
      }
    }
    return left;
  }

  private static Set<String> missing(
      ClientPlan client,
      SortedMap<String, Set<String>> differ,
      Map<String, String> set,
      String of) {
    Set<String> names = new TreeSet<>(differ.keySet());
    names.removeAll(INDIFFERENT.keySet());
    names.removeAll(ofTheCoordinator(set));
    names.removeIf(name -> set.containsKey(of + name));
    Set<String> told = new TreeSet<>();
    names.forEach(
        name -> told.add(client.name() + " has the default of its release for " + of + name));
    return told;
  }

  /** With KIP-848 sessions are the coordinator's, and it assigns. */
  private static Set<String> ofTheCoordinator(Map<String, String> set) {
    return "consumer".equals(set.get("group.protocol"))
        ? Set.of("session.timeout.ms", "partition.assignment.strategy")
        : Set.of();
  }

  /** The settings of which two releases that know them tell different defaults. */
  private static SortedMap<String, Set<String>> differing(
      Function<ClientDefaults, SortedMap<String, String>> part) {
    SortedMap<String, Set<String>> values = new TreeMap<>();
    for (ClientDefaults release : releases().values()) {
      part.apply(release)
          .forEach((name, value) -> values.computeIfAbsent(name, n -> new TreeSet<>()).add(value));
    }
    values.values().removeIf(defaults -> defaults.size() == 1);
    return values;
  }

  private static Map<String, ClientDefaults> releases() {
    Map<String, ClientDefaults> all = new LinkedHashMap<>();
    for (String version : RELEASES) {
      try {
        all.put(version, ClientDefaults.of(Targets.clientJar(version)));
      } catch (UsageException offline) {
        assumeTrue(false, offline.getMessage());
      }
    }
    return all;
  }
}
