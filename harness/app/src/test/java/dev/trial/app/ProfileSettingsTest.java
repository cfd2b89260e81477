package dev.trial.app;

import static dev.trial.app.Said.trial;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trial.core.profile.Profile;
import dev.trial.core.run.RunSpecJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A profile's settings must all be in force: what the harness sets itself is refused. */
class ProfileSettingsTest {
  @TempDir private Path directory;

  private void refused(String json, String... mentions) throws IOException {
    Said said = run(json);
    said.refused(mentions);
    said.refused("mine.json");
  }

  private Said run(String json) throws IOException {
    return run(Files.writeString(directory.resolve("mine.json"), json));
  }

  private Said run(Path file) {
    return trial(
        "run",
        "--workload=produce-consume",
        "--faults=none",
        "--time=1s",
        "--seed=3",
        "--profile=" + file,
        "--out=" + directory);
  }

  @Test
  void whatTheHarnessSetsIsRefused() throws IOException {
    String own = "the harness sets it";
    refused("{\"producer\":{\"bootstrap.servers\":\"kafka:9092\"}}", "bootstrap.servers", own);
    refused("{\"producer\":{\"key.serializer\":\"my.Own\"}}", "key.serializer", own);
    refused("{\"consumer\":{\"value.deserializer\":\"my.Own\"}}", "value.deserializer", own);
    refused("{\"consumer\":{\"client.id\":\"me\"}}", "consumer.client.id", own);
    refused("{\"consumer\":{\"group.id\":\"mine\"}}", "group.id", "the workload sets it");
    refused("{\"consumer\":{\"enable.auto.commit\":true}}", "the workload sets it");
    refused("{\"producer\":{\"transactional.id\":\"tx\"}}", "the workload sets it");
  }

  @Test
  void whatATrialHasNotIsRefused() throws IOException {
    refused("{\"producer\":{\"security.protocol\":\"SSL\"}}", "PLAINTEXT only");
    refused("{\"consumer\":{\"sasl.mechanism\":\"PLAIN\"}}", "PLAINTEXT only");
    refused("{\"producer\":{\"ssl.protocol\":\"TLSv1.3\"}}", "PLAINTEXT only");
    refused("{\"producer\":{\"interceptor.classes\":\"my.Own\"}}", "no classes but");
    refused("{\"consumer\":{\"metric.reporters\":\"my.Own\"}}", "no classes but");
    refused("{\"producer\":{\"partitioner.class\":\"my.Own\"}}", "'my.Own' names a class");
    refused("{\"consumer\":{\"partition.assignment.strategy\":\"my.Own\"}}", "'my.Own' names");
  }

  @Test
  void whatDoesNotGoTogetherIsRefusedInTheClientsWords() throws IOException {
    refused(
        "{\"producer\":{\"acks\":0,\"enable.idempotence\":true}}",
        "mine.json.producer: Must set acks to all");
    refused("{\"producer\":{\"delivery.timeout.ms\":100}}", "linger.ms + request.timeout.ms");
    refused(
        "{\"consumer\":{\"group.protocol\":\"consumer\",\"session.timeout.ms\":9000}}",
        "session.timeout.ms cannot be set when group.protocol=CONSUMER");
  }

  @Test
  void aTimerOfNoTimeIsRefused() throws IOException {
    refused("{\"broker\":{\"replica.lag.time.max.ms\":-1}}", "a whole number from 2 on");
    refused("{\"broker\":{\"replica.lag.time.max.ms\":1}}", "a whole number from 2 on");
    refused("{\"broker\":{\"broker.heartbeat.interval.ms\":0}}", "a whole number from 1 to");
  }

  /** A file of another program is taken as it is, and what a trial has not is told. */
  @Test
  void anothersFileIsTakenAsItIs() throws IOException {
    Path file =
        Files.writeString(
            directory.resolve("application.yml"),
            "spring.kafka:\n  producer: {acks: 1, retries: 3}\n  consumer.group-id: orders\n");
    Files.writeString(
        directory.resolve("mine.json"),
        "{\"inherits\":\"./application.yml\",\"topic\":{\"min.insync.replicas\":1}}");
    Said said = run(directory.resolve("mine.json")).exited(0);
    assertEquals(
        "trial: "
            + file
            + ": kept out: spring.kafka.consumer.group-id (the workload sets it)"
            + System.lineSeparator(),
        said.err());
    String spec =
        Files.readString(directory.resolve("produce-consume_none_mine_sim_3").resolve("spec.json"));
    Profile held = RunSpecJson.parse(spec, "spec.json").profile();
    assertEquals("3", held.producer().get("retries"));
    assertEquals("1", held.topic().get("min.insync.replicas"));
  }

  /** One word changes the protocol: the base's settings of the other one are left out. */
  @Test
  void theOtherProtocolNeedsNoMoreThanItsName() throws IOException {
    run("{\"consumer\":{\"group.protocol\":\"consumer\"}}").exited(0);
    trial("replay", directory.resolve("produce-consume_none_mine_sim_3")).exited(0);
    String spec =
        Files.readString(directory.resolve("produce-consume_none_mine_sim_3").resolve("spec.json"));
    assertTrue(!spec.contains("\"session.timeout.ms\""), spec);
  }
}
