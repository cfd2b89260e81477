package dev.trial.app.live.tools;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trial.app.live.PlainCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Kafka's own tools know nothing of Trial and find a cluster that answers as Kafka does. */
@Timeout(240)
class ConsoleToolsTest {
  private static final String TOOLS = "org.apache.kafka.tools.";
  private static final String TOPICS = TOOLS + "TopicCommand";
  private static final String GROUPS = TOOLS + "consumer.group.ConsumerGroupCommand";
  private static final String TRANSACTIONS = TOOLS + "TransactionsCommand";
  private static final String VERIFIABLE_CONSUMER = TOOLS + "VerifiableConsumer";
  private static final int RECORDS = 500;

  /** Column of GROUP, TOPIC, PARTITION, CURRENT-OFFSET, LOG-END-OFFSET, LAG, ... */
  private static final int LAG = 5;

  @TempDir private Path directory;
  private PlainCluster cluster;
  private KafkaTool tools;

  @BeforeEach
  void start() {
    cluster = new PlainCluster(directory.resolve("nodes"), 12);
    tools = new KafkaTool(directory);
  }

  @AfterEach
  void close() {
    cluster.close();
  }

  @Test
  void topicsAndGroups() throws Exception {
    tool(TOPICS, "--create --topic perf --partitions 3 --replication-factor 3");
    List<String> told = lines(tool(TOPICS, "--describe --topic perf"));
    assertEquals(
        3, told.stream().filter(line -> line.contains("Partition: ")).count(), told::toString);
    assertTrue(told.get(0).contains("ReplicationFactor: 3"), told::toString);

    String produced = tool(TOOLS + "VerifiableProducer", "--topic perf --max-messages " + RECORDS);
    assertTrue(produced.contains("\"sent\":" + RECORDS + ",\"acked\":" + RECORDS), produced);
    assertEquals(RECORDS, endOffsets(tool(TOOLS + "GetOffsetShell", "--topic perf")));

    consumeAll("classic");
    consumeAll("consumer");
    assertEquals(
        List.of("classic", "consumer"), lines(tool(GROUPS, "--list")).stream().sorted().toList());
    assertEquals(0, lag("classic"));
    assertEquals(0, lag("consumer"));

    tool(GROUPS, "--group classic --topic perf --reset-offsets --to-earliest --execute");
    assertEquals(RECORDS, lag("classic"));
    tool(GROUPS, "--delete --group classic");
    assertEquals(List.of("consumer"), lines(tool(GROUPS, "--list")));
    tool(TOPICS, "--delete --topic perf");
    assertFalse(lines(tool(TOPICS, "--list")).contains("perf"));
  }

  @Test
  void transactions() throws Exception {
    tool(TOPICS, "--create --topic paid --partitions 1 --replication-factor 3");
    Map<String, Object> settings = new HashMap<>(cluster.settings());
    settings.put("transactional.id", "till-1");
    try (KafkaProducer<String, String> producer =
        new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
      producer.initTransactions();
      producer.beginTransaction();
      producer.send(new ProducerRecord<>("paid", "k", "v")).get();
      String open = tool(TRANSACTIONS, "describe --transactional-id till-1");
      assertTrue(Pattern.compile("Ongoing\\s.*paid-0").matcher(open).find(), open);
      String writing = tool(TRANSACTIONS, "describe-producers --topic paid --partition 0");
      assertEquals("0", last(writing).split("\\s+")[5], writing);
      String hanging = tool(TRANSACTIONS, "find-hanging --broker-id 1");
      assertEquals(1, lines(hanging).size(), "only the heading: " + hanging);
      producer.commitTransaction();
    }
    String listed = tool(TRANSACTIONS, "list");
    assertTrue(Pattern.compile("till-1\\s.*CompleteCommit").matcher(listed).find(), listed);
    String read =
        tool(
            TOOLS + "consumer.ConsoleConsumer",
            "--topic paid --from-beginning --max-messages 1 --isolation-level read_committed");
    assertTrue(lines(read).contains("v"), read);
  }

  /** By a group of that type, which is also its name. */
  private void consumeAll(String type) throws Exception {
    Path printed = directory.resolve(type + ".log");
    Process consumer =
        tools.start(
            printed,
            VERIFIABLE_CONSUMER,
            arguments(
                "--topic perf --reset-policy earliest --group-id "
                    + type
                    + " --group-protocol "
                    + type));
    try {
      await().atMost(Duration.ofSeconds(60)).until(() -> consumed(printed) == RECORDS);
    } finally {
      consumer.destroy(); // SIGTERM: it commits, leaves its group and ends
      consumer.waitFor();
    }
  }

  private static long consumed(Path printed) throws IOException {
    Pattern count = Pattern.compile("\"records_consumed\".*?\"count\":(\\d+),\"partitions\"");
    return Files.readAllLines(printed).stream()
        .filter(line -> line.contains("records_consumed"))
        .map(count::matcher)
        .filter(java.util.regex.Matcher::find)
        .mapToLong(found -> Long.parseLong(found.group(1)))
        .sum();
  }

  /** Of all partitions for which the group has committed; −1 if for none. */
  private long lag(String group) throws Exception {
    return lines(tool(GROUPS, "--describe --group " + group)).stream()
        .map(line -> line.split("\\s+"))
        .filter(words -> words[0].equals(group))
        .mapToLong(words -> Long.parseLong(words[LAG]))
        .reduce(Long::sum)
        .orElse(-1);
  }

  private static long endOffsets(String printed) {
    return lines(printed).stream()
        .mapToLong(line -> Long.parseLong(line.substring(line.lastIndexOf(':') + 1)))
        .sum();
  }

  private String tool(String mainClass, String arguments) throws Exception {
    return tools.run(mainClass, arguments(arguments));
  }

  private String[] arguments(String words) {
    String all = "--bootstrap-server " + cluster.cluster().bootstrapServers() + " " + words;
    return all.split(" ");
  }

  private static String last(String printed) {
    List<String> lines = lines(printed);
    return lines.get(lines.size() - 1);
  }

  /** Without the lines of loggers. */
  private static List<String> lines(String printed) {
    return Arrays.stream(printed.split("\n"))
        .map(String::strip)
        .filter(line -> !line.isEmpty() && !line.contains("SLF4J") && !line.contains("WARN"))
        .toList();
  }
}
