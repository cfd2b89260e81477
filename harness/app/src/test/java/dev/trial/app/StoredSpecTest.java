package dev.trial.app;

import static dev.trial.app.Said.trial;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trial.claims.Claim;
import dev.trial.claims.Claims;
import dev.trial.claims.Experiment;
import dev.trial.core.run.RunSpec;
import dev.trial.engine.campaign.SpecCheck;
import dev.trial.engine.campaign.Specs;
import dev.trial.engine.targets.Targets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A spec.json that was edited is held to what a run can be held with. */
class StoredSpecTest {
  private static final String NOTE =
      "{\"i\":0,\"t\":1,\"p\":-1,\"s\":\"info\",\"f\":\"note\",\"text\":\"x\"}\n";

  @TempDir private Path run;

  @BeforeEach
  void aHistory() throws IOException {
    Files.writeString(run.resolve("history.jsonl"), NOTE);
  }

  private void refused(String pointer, String value, String... mentions) throws IOException {
    ObjectNode spec = SpecText.plain();
    JsonNode holder = spec.at(pointer.substring(0, pointer.lastIndexOf('/')));
    String field = pointer.substring(pointer.lastIndexOf('/') + 1);
    ((ObjectNode) holder).set(field, new JsonMapper().readTree(value));
    SpecText.write(run, spec);
    for (String command : List.of("replay", "check", "report")) {
      Said said = trial(command, run);
      said.refused(mentions);
      said.refused("spec.json");
    }
  }

  @Test
  void settingsAreThoseOfAProfile() throws IOException {
    refused(
        "/profile/topic/min.insync.replicas", "\"x\"", "profile.topic.min.insync.replicas: 'x'");
    refused("/profile/topic/min.insync.replica", "\"1\"", "'min.insync.replicas'");
    refused("/profile/producer/acks", "\"foo\"", "profile.producer.acks: 'foo'", "[all, -1, 0, 1]");
    refused("/profile/consumer/session.timeout.ms", "\"abc\"", "session.timeout.ms: 'abc'");
  }

  @Test
  void whomItLeavesOutIsThere() throws IOException {
    refused("/parameters/without", "\"producer-11\"", "unknown client 'producer-11'", "producer-1");
  }

  @Test
  void theClusterHasAShape() throws IOException {
    refused("/profile/shape/brokers", "0", "shape.brokers: 0 is not from 1 to 16");
    refused("/profile/shape/brokers", "100000", "shape.brokers: 100000 is not from 1 to 16");
    refused("/profile/shape/controllers", "0", "shape.controllers: 0 is not");
  }

  @Test
  void namesAreThoseOfTheCatalogues() throws IOException {
    refused("/workload", "\"produce-consum\"", "'produce-consume'");
    refused("/claim", "\"acks-1-tail-los\"", "'acks-1-tail-loss'");
    refused("/target", "\"moon\"", "spec.json.target: ", "sim");
    refused("/target", "\"kafka:next\"", "'next' is no Kafka version");
    refused("/client", "\"newest\"", "spec.json.client: 'newest'");
    refused("/mutants", "[\"min-insync-ignore\"]", "'min-insync-ignored'");
    refused("/parameters/producer", "\"2\"", "'producers'");
    refused("/parameters/producers", "\"two\"", "parameters.producers: 'two' is not a whole");
    refused("/parameters/topic-partitions", "0", "'0' is not a whole number from 1 to 100");
    refused("/load_ms", "0", "spec.json.load_ms: 0 is not from 1");
  }

  @Test
  void everySpecOfAClaimIsTaken() {
    int specs = 0;
    try (var target = SpecFixture.simulation()) {
      for (Claim claim : Claims.all().values()) {
        for (Experiment half : claim.halves()) {
          RunSpec spec =
              Specs.of(claim, half, target, Targets.DEFAULT_CLIENT, 7, Specs.Overrides.NONE);
          SpecCheck.check(spec, "spec.json");
          specs++;
        }
      }
    }
    assertTrue(specs > 50, specs + " specs");
  }

  /** A client that does not know the settings is a reason not to run, and no finding. */
  @Test
  void whatCannotBeHeldIsNoFinding() throws IOException {
    ObjectNode spec = SpecText.plain();
    spec.put("client", "3.0.0");
    ((ObjectNode) spec.at("/profile/consumer")).put("group.protocol", "consumer");
    SpecText.write(run, spec);
    trial("replay", run).refused("kafka-clients 3.0.0 does not know group.protocol");
  }
}
