package dev.trial.app.live.answers;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.apache.kafka.common.protocol.ApiMessage;
import org.apache.kafka.common.protocol.Errors;

/**
 * An answer in words: all its fields but those that are at rest (zero, −1, empty, null) and those
 * that no two clusters have alike. What was given out by chance stands as a star.
 */
final class AnswerText {
  private static final String CHANCE = "*";
  private static final int UUID_LENGTH = 22;

  /** What is larger is a time of now. */
  private static final long LONG_AGO_MS = 1_600_000_000_000L;

  /** Who the nodes are, how long things took, which elections there were. */
  private static final Set<String> UNLIKE =
      Set.of(
          "throttleTimeMs",
          "brokers",
          "host",
          "port",
          "nodeId",
          "nodeEndpoints",
          "clusterId",
          "controllerId",
          "leaderId",
          "isrNodes",
          "documentation",
          "finalizedFeaturesEpoch",
          "logAppendTimeMs",
          "leaderEpoch",
          "currentLeader",
          "acceptableRecoveryLag",
          "memberEpoch",
          "sessionId");

  private static final Set<String> BY_CHANCE =
      Set.of("topicId", "memberId", "leader", "producerId", "assignment", "metadata");

  private static final String TIME = "\\b1[0-9]{12}\\b|-9223[0-9]{15}";

  private AnswerText() {}

  /**
   * @param names what random names of this cluster stand for
   */
  static String of(ApiMessage answer, short version, Map<String, String> names) {
    return text("", json(answer, version), names);
  }

  private static JsonNode json(ApiMessage message, short version) {
    Class<?> type = message.getClass();
    try {
      return (JsonNode)
          Class.forName(type.getName() + "JsonConverter")
              .getMethod("write", type, short.class)
              .invoke(null, message, version);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String text(String field, JsonNode node, Map<String, String> names) {
    if (node.isObject()) {
      return object(node, names);
    }
    if (node.isArray()) {
      return elements(node).stream()
          .map(each -> text(field, each, names))
          .sorted()
          .collect(Collectors.joining(", ", "[", "]"));
    }
    if (field.equals("errorCode")) {
      return Errors.forCode(node.shortValue()).name();
    }
    if (node.isNumber() && node.asLong() > LONG_AGO_MS) {
      return CHANCE;
    }
    return node.isTextual()
        ? known(node.textValue(), names).replaceAll(TIME, CHANCE)
        : node.asText();
  }

  private static String object(JsonNode node, Map<String, String> names) {
    Map<String, String> fields = new TreeMap<>();
    node.properties()
        .forEach(
            each -> {
              if (!UNLIKE.contains(each.getKey()) && !atRest(each.getKey(), each.getValue())) {
                boolean chance = BY_CHANCE.contains(each.getKey());
                String value = text(each.getKey(), each.getValue(), names);
                fields.put(each.getKey(), chance && !names.containsValue(value) ? CHANCE : value);
              }
            });
    return fields.entrySet().stream()
        .map(each -> each.getKey() + "=" + each.getValue())
        .collect(Collectors.joining(" ", "{", "}"));
  }

  private static boolean atRest(String field, JsonNode value) {
    return value.isNull()
        || value.isContainerNode() && value.isEmpty()
        || value.isTextual() && value.textValue().isEmpty()
        || value.isTextual() && value.textValue().equals("A".repeat(UUID_LENGTH))
        || value.isNumber() && atRest(field, value.asLong())
        || value.isBoolean() && !value.booleanValue();
  }

  private static boolean atRest(String field, long value) {
    boolean said = field.endsWith("ffset") || field.equals("errorCode") && value != 0;
    return value == Integer.MIN_VALUE || !said && (value == 0 || value == -1);
  }

  private static String known(String text, Map<String, String> names) {
    String known = text;
    for (Map.Entry<String, String> each : names.entrySet()) {
      known = known.replace(each.getKey(), each.getValue());
    }
    return known;
  }

  private static List<JsonNode> elements(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false)
        .collect(Collectors.toCollection(ArrayList::new));
  }
}
