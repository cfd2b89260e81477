package dev.trial.app.live.answers;

import static org.awaitility.Awaitility.await;

import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.message.FindCoordinatorRequestData;
import org.apache.kafka.common.message.FindCoordinatorResponseData;
import org.apache.kafka.common.message.FindCoordinatorResponseData.Coordinator;
import org.apache.kafka.common.protocol.ApiMessage;
import org.apache.kafka.common.protocol.Errors;

/** The cluster that is asked, with the topics that questions are about. */
final class Scene {

  /** Three partitions of three replicas, led by brokers 1, 2 and 3. */
  static final String ORDERS = "orders";

  /** One partition, led by broker 1, whose log is compacted and takes no records of yesterday. */
  static final String COMPACTED = "compacted";

  private static final Duration COORDINATORS_WITHIN = Duration.ofSeconds(60);
  private static final short FIND_VERSION = 4;
  private static final byte GROUP = 0;
  private static final byte TRANSACTION = 1;

  private final Map<Integer, InetSocketAddress> brokers = new TreeMap<>();
  private final Map<String, Uuid> topics = new TreeMap<>();

  /** What random names of this cluster stand for in an answer. */
  private final Map<String, String> names =
      new TreeMap<>(Map.of(MetadataQuestions.TOO_LONG, "<too long>"));

  /** What earlier answers gave out, by whatever name a question gave it. */
  private final Map<String, ApiMessage> answers = new TreeMap<>();

  /** A cluster that serves, and has none of the topics yet. */
  static Scene of(Map<String, Object> settings) throws ExecutionException, InterruptedException {
    Scene scene = new Scene();
    try (Admin admin = Admin.create(settings)) {
      for (Node node : admin.describeCluster().nodes().get()) {
        scene.brokers.put(node.id(), new InetSocketAddress(node.host(), node.port()));
      }
      NewTopic orders =
          new NewTopic(
              ORDERS, Map.of(0, List.of(1, 2, 3), 1, List.of(2, 3, 1), 2, List.of(3, 1, 2)));
      NewTopic compacted =
          new NewTopic(COMPACTED, Map.of(0, List.of(1, 2, 3)))
              .configs(
                  Map.of(
                      "cleanup.policy", "compact", "message.timestamp.before.max.ms", "3600000"));
      var made = admin.createTopics(List.of(orders, compacted));
      for (String topic : List.of(ORDERS, COMPACTED)) {
        Uuid id = made.topicId(topic).get();
        scene.topics.put(topic, id);
        scene.names.put(id.toString(), "<id of " + topic + ">");
      }
      admin.listOffsets(ends()).all().get(); // every partition has its leader
    }
    scene.coordinatorOf("any");
    scene.coordinatorOfTransactions("any");
    return scene;
  }

  private static Map<TopicPartition, OffsetSpec> ends() {
    return Map.of(
        new TopicPartition(ORDERS, 0), OffsetSpec.latest(),
        new TopicPartition(ORDERS, 1), OffsetSpec.latest(),
        new TopicPartition(ORDERS, 2), OffsetSpec.latest(),
        new TopicPartition(COMPACTED, 0), OffsetSpec.latest());
  }

  Uuid id(String topic) {
    return topics.get(topic);
  }

  /** Asks, and gives the answer in words. */
  String ask(Question question) {
    ApiMessage request = question.request().apply(this);
    Optional<ApiMessage> answer = ask(question.broker().apply(this), request, question.version());
    answer.ifPresent(given -> answers.put(question.name(), given));
    return answer
        .map(given -> AnswerText.of(given, question.version(), names))
        .orElse("disconnected");
  }

  /** What was answered to an earlier question. */
  ApiMessage answerTo(String question) {
    return answers.get(question);
  }

  /** The broker that coordinates a group. */
  int coordinatorOf(String group) {
    return coordinator(GROUP, group);
  }

  /** The broker that coordinates a transactional id. */
  int coordinatorOfTransactions(String id) {
    return coordinator(TRANSACTION, id);
  }

  private int coordinator(byte type, String key) {
    FindCoordinatorRequestData request =
        new FindCoordinatorRequestData().setKeyType(type).setCoordinatorKeys(List.of(key));
    return await()
        .atMost(COORDINATORS_WITHIN)
        .until(() -> find(request), found -> found.errorCode() == Errors.NONE.code())
        .nodeId();
  }

  /** The first time this makes the internal topic. */
  private Coordinator find(FindCoordinatorRequestData request) {
    ApiMessage answer = ask(1, request, FIND_VERSION).orElseThrow();
    return ((FindCoordinatorResponseData) answer).coordinators().get(0);
  }

  private Optional<ApiMessage> ask(int broker, ApiMessage request, short version) {
    try (RawConnection connection = new RawConnection(brokers.get(broker))) {
      return connection.ask(request, version);
    }
  }

  static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
