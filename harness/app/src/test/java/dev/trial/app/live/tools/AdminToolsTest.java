package dev.trial.app.live.tools;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trial.app.live.PlainCluster;
import dev.trial.app.live.tools.KafkaTool.Ended;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Kafka's tools for administrators print what they print of a cluster of Kafka 4.3.1. */
@Timeout(240)
class AdminToolsTest {
  private static final String TOOLS = "org.apache.kafka.tools.";
  private static final String CONFIGS = "kafka.admin.ConfigCommand";
  private static final String REASSIGN = TOOLS + "reassign.ReassignPartitionsCommand";
  private static final String FEATURES = TOOLS + "FeatureCommand";
  private static final String QUORUM = TOOLS + "MetadataQuorumCommand";
  private static final String CLUSTER = TOOLS + "ClusterTool";
  private static final String METRICS = TOOLS + "ClientMetricsCommand";

  @TempDir private Path directory;
  private PlainCluster cluster;
  private KafkaTool tools;
  private final List<String> script = new ArrayList<>();
  private final List<String[]> expected = new ArrayList<>();
  private final List<Integer> codes = new ArrayList<>();

  @BeforeEach
  void start() {
    cluster = new PlainCluster(directory.resolve("nodes"), 12);
    tools = KafkaTool.withServerTools(directory);
  }

  @AfterEach
  void close() {
    cluster.close();
  }

  @Test
  void replicasAreMovedAndRecordsDeleted() throws Exception {
    Path move =
        file(
            "move.json",
            "{'version':1,'partitions':[{'topic':'adm','partition':0,'replicas':[2,3]},"
                + "{'topic':'adm','partition':1,'replicas':[3,1]}]}");
    Path elect = file("elect.json", "{'partitions':[{'topic':'adm','partition':0}]}");
    Path delete =
        file(
            "delete.json",
            "{'version':1,'partitions':[{'topic':'adm','partition':0,'offset':-1},"
                + "{'topic':'adm','partition':1,'offset':-1}]}");
    produce(Map.of(0, List.of(1, 2), 1, List.of(2, 3)));
    tool(
        TOOLS + "TopicCommand",
        "--describe --topic adm",
        "PartitionCount: 2\tReplicationFactor: 2",
        "Partition: 0\tLeader: 1\tReplicas: 1,2\tIsr: 1,2\tElr: \tLastKnownElr: ",
        "Partition: 1\tLeader: 2\tReplicas: 2,3\tIsr: 2,3\tElr: \tLastKnownElr: ");
    fails(TOOLS + "TopicCommand", "--describe --topic none", "Topic 'none' does not exist");
    tool(
        TOOLS + "LogDirsCommand",
        "--describe --topic-list adm",
        "Received log directory information from brokers 1,2,3",
        "\"offsetLag\":0,\"isFuture\":false");
    tool(
        REASSIGN,
        "--execute --reassignment-json-file " + move,
        "Current partition replica assignment",
        "Successfully started partition reassignments for adm-0,adm-1");
    List<Ended> first = runAll();
    assertTrue(sizes(first.get(2).printed()) > 2 * 61, first.get(2)::printed);
    awaitReassignment();
    tool(
        REASSIGN,
        "--verify --reassignment-json-file " + move,
        "Reassignment of partition adm-0 is completed.",
        "Reassignment of partition adm-1 is completed.");
    tool(REASSIGN, "--list", "No partition reassignments found.");
    tool(
        TOOLS + "TopicCommand",
        "--describe --topic adm",
        "Replicas: 2,3\tIsr: ",
        "Replicas: 3,1\tIsr: ");
    tool(
        TOOLS + "LeaderElectionCommand",
        "--election-type preferred --path-to-json-file " + elect,
        "partitions adm-0");
    tool(TOOLS + "GetOffsetShell", "--topic adm", "adm:0:", "adm:1:");
    tool(
        TOOLS + "DeleteRecordsCommand",
        "--offset-json-file " + delete,
        "Records delete operation completed:",
        "partition: adm-0\tlow_watermark: ",
        "partition: adm-1\tlow_watermark: ");
    tool(TOOLS + "GetOffsetShell", "--topic adm --time earliest", "adm:0:", "adm:1:");
    List<Ended> second = runAll();
    assertEquals(50, offsets(second.get(4).printed()));
    assertEquals(50, offsets(second.get(6).printed()), "all records are deleted");
  }

  private void produce(Map<Integer, List<Integer>> assignment) throws Exception {
    try (Admin admin = Admin.create(cluster.settings());
        Producer<String, String> producer =
            new KafkaProducer<>(
                cluster.settings(), new StringSerializer(), new StringSerializer())) {
      admin.createTopics(List.of(new NewTopic("adm", assignment))).all().get();
      for (int i = 0; i < 50; i++) {
        producer.send(new ProducerRecord<>("adm", i % 2, "k", "v")).get();
      }
    }
  }

  private void awaitReassignment() {
    try (Admin admin = Admin.create(cluster.settings())) {
      await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> admin.listPartitionReassignments().reassignments().get().isEmpty());
    }
  }

  @Test
  void settingsQuotasFeaturesAndTheQuorum() throws Exception {
    tool(TOOLS + "TopicCommand", "--create --topic adm --partitions 1 --replication-factor 3");
    topicsAndBrokers();
    quotas();
    clusterAndQuorum();
    features();
    runAll();
  }

  private void topicsAndBrokers() {
    String topic = "--entity-type topics --entity-name adm ";
    String broker = "--entity-type brokers --entity-name 1 ";
    tool(CONFIGS, "--alter " + topic + "--add-config retention.ms=86400000", "for topic adm.");
    tool(
        CONFIGS,
        "--describe " + topic,
        "Dynamic configs for topic adm are:",
        "  retention.ms=86400000 sensitive=false");
    tool(CONFIGS, "--alter " + topic + "--delete-config retention.ms", "for topic adm.");
    tool(CONFIGS, "--alter " + broker + "--add-config log.cleaner.threads=2", "for broker 1.");
    tool(
        CONFIGS,
        "--describe " + broker,
        "Dynamic configs for broker 1 are:",
        "  log.cleaner.threads=2 sensitive=false");
    tool(CONFIGS, "--describe --entity-type groups");
    tool(METRICS, "--list");
  }

  private void quotas() {
    String app = "--entity-type clients --entity-name app ";
    tool(
        CONFIGS,
        "--alter " + app + "--add-config producer_byte_rate=1024,request_percentage=50",
        "Completed updating config for client app.");
    tool(
        CONFIGS,
        "--alter --entity-type users --entity-default " + app + "--add-config consumer_byte_rate=9",
        "Completed updating default config for users in the cluster.");
    tool(
        CONFIGS,
        "--describe --entity-type clients",
        "Quota configs for client-id 'app' are ",
        "producer_byte_rate=1024.0",
        "request_percentage=50.0");
    tool(
        CONFIGS,
        "--describe --entity-type users --entity-type clients",
        "Quota configs for the default user-principal, client-id 'app' are consumer_byte_rate=9.0");
    tool(CONFIGS, "--describe --entity-type users");
    fails(
        CONFIGS,
        "--alter " + app + "--add-config producer_byte_rate=-5",
        "InvalidRequestException: Quota producer_byte_rate must be greater than 0");
    tool(CONFIGS, "--alter " + app + "--delete-config producer_byte_rate,request_percentage");
  }

  private void clusterAndQuorum() {
    tool(
        QUORUM,
        "describe --status",
        "LeaderEpoch: ",
        "MaxFollowerLag: ",
        "{\"id\": 101, \"endpoints\": [\"CONTROLLER://",
        "CurrentObservers:       [{\"id\": 1}, {\"id\": 2}, {\"id\": 3}]");
    tool(
        QUORUM,
        "describe --replication",
        "LastFetchTimestamp\tLastCaughtUpTimestamp\tStatus",
        "\tLeader  \t",
        "\tFollower\t",
        "\tObserver\t");
    tool(CLUSTER, "cluster-id", "Cluster ID: ");
    tool(CLUSTER, "list-endpoints", "unfenced   broker");
    fails(CLUSTER, "unregister --id 9", "Broker ID 9 is not currently registered");
    tool(
        TOOLS + "BrokerApiVersionsCommand",
        "",
        "DescribeLogDirs(35): 1 to 5 [usable: 5]",
        "DescribeTopicPartitions(75): 0 [usable: 0]");
  }

  private void features() {
    tool(
        FEATURES,
        "describe",
        "Feature: metadata.version                          SupportedMinVersion: 3.3-IV3",
        "FinalizedVersionLevel: 4.3-IV0");
    tool(
        FEATURES,
        "downgrade --feature transaction.version=1",
        "transaction.version was downgraded to 1.");
    tool(
        FEATURES,
        "upgrade --feature transaction.version=2",
        "transaction.version was upgraded to 2.");
    fails(
        FEATURES,
        "upgrade --feature transaction.version=9",
        "Invalid update version 9 for feature transaction.version.",
        "only supports versions 0-2",
        "1 out of 1 operation(s) failed.");
    fails(
        FEATURES,
        "downgrade --feature metadata.version=29",
        "Unsupported metadata.version downgrade from 30 to 29.");
  }

  // ---- the script

  private void tool(String mainClass, String arguments, String... printed) {
    next(0, mainClass, arguments, printed);
  }

  private void fails(String mainClass, String arguments, String... printed) {
    next(1, mainClass, arguments, printed);
  }

  /** Only kafka-cluster takes the address after its subcommand. */
  private void next(int code, String mainClass, String arguments, String... printed) {
    String at = "--bootstrap-server " + cluster.cluster().bootstrapServers();
    String all = mainClass.equals(CLUSTER) ? arguments + " " + at : at + " " + arguments;
    script.add((mainClass + " " + all).strip().replaceAll(" +", " "));
    codes.add(code);
    expected.add(printed);
  }

  /** Each tool ends as it should and prints what is expected. */
  private List<Ended> runAll() throws Exception {
    List<Ended> ended = tools.runAll(script);
    assertEquals(script.size(), ended.size());
    for (int i = 0; i < ended.size(); i++) {
      String told = script.get(i) + "\n" + ended.get(i).printed();
      assertEquals(codes.get(i), ended.get(i).code(), told);
      for (String text : expected.get(i)) {
        assertTrue(ended.get(i).printed().contains(text), () -> "no '" + text + "' in " + told);
      }
    }
    Stream.of(script, codes, expected).forEach(List::clear);
    return ended;
  }

  private Path file(String name, String json) throws Exception {
    return Files.writeString(directory.resolve(name), json.replace('\'', '"'));
  }

  private static long sizes(String printed) {
    Matcher size = Pattern.compile("\"size\":(\\d+)").matcher(printed);
    return size.results().mapToLong(found -> Long.parseLong(found.group(1))).sum();
  }

  private static long offsets(String printed) {
    return Arrays.stream(printed.split("\n"))
        .filter(line -> line.startsWith("adm:"))
        .mapToLong(line -> Long.parseLong(line.substring(line.lastIndexOf(':') + 1).strip()))
        .sum();
  }
}
