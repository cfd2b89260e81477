package dev.trial.core.history;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import dev.trial.core.fault.FaultJson;
import dev.trial.core.fault.ScheduledFault;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The fields of one line, in whatever order they come. A name means the same in every action, so
 * they can be gathered before the action is known; names that are not known are skipped.
 */
final class OperationFields {
  private static final ObjectReader TREES = new ObjectMapper().reader();

  long index = -1;
  long timeNs;
  int process;
  long invocation = Operation.NO_INVOCATION;
  long value = Delivered.NO_VALUE;
  long offset = -1;
  long askedMs = -1;
  long timestampMs = -1;
  long logStart;
  long highWatermark;
  long logEnd;
  int partition = -1;
  int incarnation;
  int generation = -1;
  int leader = -1;
  int epoch;
  int broker;
  boolean inSync;
  boolean tombstone;
  boolean byLog;
  private final Shared shared;
  private String[] textNames = new String[4];
  private String[] texts = new String[4];
  private int textCount;
  private Map<String, Map<PartitionId, Long>> offsets = Map.of();
  Map<String, String> settings = Map.of();
  List<Delivered> records = List.of();
  List<Logged> log = List.of();
  List<EpochStart> epochs = List.of();
  List<Stamp> stamps = List.of();
  List<PartitionId> partitions = List.of();
  List<String> topics = List.of();
  List<String> hit = List.of();
  List<Integer> isr = List.of();
  ScheduledFault fault;

  /** {@code shared} gives equal texts and partitions of a whole history one object each. */
  OperationFields(Shared shared) {
    this.shared = shared;
  }

  /** The text of that name, null if the line has none; the last if it has several. */
  String text(String name) {
    for (int i = textCount - 1; i >= 0; i--) {
      if (textNames[i].equals(name)) {
        return texts[i];
      }
    }
    return null;
  }

  private void addText(String name, String text) {
    if (textCount == texts.length) {
      textNames = Arrays.copyOf(textNames, textCount * 2);
      texts = Arrays.copyOf(texts, textCount * 2);
    }
    textNames[textCount] = name;
    texts[textCount++] = text;
  }

  /** The map of that name, empty if the line has none. */
  Map<PartitionId, Long> offsets(String name) {
    return offsets.getOrDefault(name, Map.of());
  }

  /** Reads a whole object; the parser stands before its opening brace. */
  void gather(JsonParser parser) throws IOException {
    if (parser.nextToken() != JsonToken.START_OBJECT) {
      throw new JsonParseException(parser, "an operation is a JSON object");
    }
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      JsonToken token = parser.nextToken();
      switch (token) {
        case VALUE_NUMBER_INT -> number(name, parser);
        case VALUE_STRING -> addText(name, shared.text(parser.getText()));
        case VALUE_TRUE, VALUE_FALSE -> flag(name, token == JsonToken.VALUE_TRUE);
        case START_ARRAY -> array(name, parser);
        case START_OBJECT -> object(name, parser);
        default -> {
          // null says the same as a field left out; fractions are no field of ours
        }
      }
    }
    if (parser.nextToken() != null) {
      throw new JsonParseException(parser, "more follows on the line after the operation");
    }
  }

  private void number(String name, JsonParser parser) throws IOException {
    switch (name) {
      case "i" -> index = parser.getLongValue();
      case "t" -> timeNs = parser.getLongValue();
      case "p" -> process = parser.getIntValue();
      case "of" -> invocation = parser.getLongValue();
      case "value" -> value = parser.getLongValue();
      case "offset" -> offset = parser.getLongValue();
      case "asked_ms" -> askedMs = parser.getLongValue();
      case "timestamp_ms" -> timestampMs = parser.getLongValue();
      case "log_start" -> logStart = parser.getLongValue();
      case "high_watermark" -> highWatermark = parser.getLongValue();
      case "log_end" -> logEnd = parser.getLongValue();
      case "partition" -> partition = parser.getIntValue();
      case "incarnation" -> incarnation = parser.getIntValue();
      case "generation" -> generation = parser.getIntValue();
      case "leader" -> leader = parser.getIntValue();
      case "epoch" -> epoch = parser.getIntValue();
      case "broker" -> broker = parser.getIntValue();
      default -> {
        // a field of a later version
      }
    }
  }

  private void flag(String name, boolean value) {
    if (name.equals("in_sync")) {
      inSync = value;
    } else if (name.equals("tombstone")) {
      tombstone = value;
    } else if (name.equals("by_log")) {
      byLog = value;
    }
  }

  private void array(String name, JsonParser parser) throws IOException {
    switch (name) {
      case "records" -> records = list(parser, this::delivered);
      case "log" -> log = list(parser, OperationFields::logged);
      case "epochs" -> epochs = list(parser, OperationFields::epochStart);
      case "stamps" -> stamps = list(parser, OperationFields::stamp);
      case "partitions" -> partitions = list(parser, each -> partitionId(each, string(each)));
      case "topics" -> topics = list(parser, OperationFields::string);
      case "hit" -> hit = list(parser, OperationFields::string);
      case "isr" -> isr = list(parser, OperationFields::whole);
      default -> parser.skipChildren();
    }
  }

  private void object(String name, JsonParser parser) throws IOException {
    switch (name) {
      case "offsets", "starts", "ends" -> {
        offsets = offsets.isEmpty() ? new TreeMap<>() : offsets;
        offsets.put(name, offsetMap(parser));
      }
      case "settings" -> settings = textMap(parser);
      case "fault" -> fault = scheduled(parser);
      default -> parser.skipChildren();
    }
  }

  private static ScheduledFault scheduled(JsonParser parser) throws IOException {
    JsonNode node = TREES.readTree(parser);
    try {
      return FaultJson.read(node, "fault");
    } catch (IllegalArgumentException e) {
      throw new JsonParseException(parser, e.getMessage(), e);
    }
  }

  // ---- elements

  /** Reads one element; the parser stands on its first token. */
  private interface Element<T> {
    T read(JsonParser parser) throws IOException;
  }

  private static <T> List<T> list(JsonParser parser, Element<T> element) throws IOException {
    List<T> list = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      list.add(element.read(parser));
    }
    return Collections.unmodifiableList(list);
  }

  private Delivered delivered(JsonParser parser) throws IOException {
    open(parser);
    String topic = shared.text(nextString(parser));
    int partition = nextWhole(parser);
    long offset = nextNumber(parser);
    long value = nextNumber(parser);
    String key = shared.text(optionalString(parser));
    boolean ended = parser.currentToken() == JsonToken.END_ARRAY;
    String defect = ended ? null : optionalString(parser);
    skipRest(parser);
    return new Delivered(shared.partition(topic, partition), offset, value, key, defect);
  }

  private static Logged logged(JsonParser parser) throws IOException {
    open(parser);
    long offset = nextNumber(parser);
    int epoch = nextWhole(parser);
    long value = nextNumber(parser);
    boolean control = parser.nextToken() == JsonToken.VALUE_TRUE;
    skipRest(parser);
    return new Logged(offset, epoch, value, control);
  }

  private static EpochStart epochStart(JsonParser parser) throws IOException {
    open(parser);
    EpochStart start = new EpochStart(nextWhole(parser), nextNumber(parser));
    parser.nextToken();
    skipRest(parser);
    return start;
  }

  private static Stamp stamp(JsonParser parser) throws IOException {
    open(parser);
    Stamp stamp = new Stamp(nextNumber(parser), nextNumber(parser));
    parser.nextToken();
    skipRest(parser);
    return stamp;
  }

  private static Map<PartitionId, Long> offsetMap(JsonParser parser) throws IOException {
    Map<PartitionId, Long> map = new TreeMap<>();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      PartitionId partition = partitionId(parser, parser.currentName());
      map.put(partition, nextNumber(parser));
    }
    return Collections.unmodifiableMap(map);
  }

  private static Map<String, String> textMap(JsonParser parser) throws IOException {
    Map<String, String> map = new TreeMap<>();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      parser.nextToken();
      map.put(name, string(parser));
    }
    return Collections.unmodifiableMap(map);
  }

  private static PartitionId partitionId(JsonParser parser, String text) throws IOException {
    int slash = text.lastIndexOf('/');
    try {
      return new PartitionId(
          text.substring(0, Math.max(slash, 0)), Integer.parseInt(text.substring(slash + 1)));
    } catch (NumberFormatException e) {
      throw new JsonParseException(parser, "a partition is spelled topic/number: " + text, e);
    }
  }

  private static void open(JsonParser parser) throws IOException {
    if (parser.currentToken() != JsonToken.START_ARRAY) {
      throw new JsonParseException(parser, "an array is expected, found " + parser.getText());
    }
  }

  private static void skipRest(JsonParser parser) throws IOException {
    while (parser.currentToken() != JsonToken.END_ARRAY) {
      if (parser.currentToken() == null) {
        throw new JsonParseException(parser, "the line ends inside an array");
      }
      parser.skipChildren();
      parser.nextToken();
    }
  }

  private static String optionalString(JsonParser parser) throws IOException {
    return parser.nextToken() == JsonToken.VALUE_STRING ? parser.getText() : null;
  }

  private static String nextString(JsonParser parser) throws IOException {
    parser.nextToken();
    return string(parser);
  }

  private static long nextNumber(JsonParser parser) throws IOException {
    parser.nextToken();
    return number(parser);
  }

  private static int nextWhole(JsonParser parser) throws IOException {
    parser.nextToken();
    return whole(parser);
  }

  private static String string(JsonParser parser) throws IOException {
    if (parser.currentToken() != JsonToken.VALUE_STRING) {
      throw new JsonParseException(parser, "a text is expected, found " + parser.getText());
    }
    return parser.getText();
  }

  private static long number(JsonParser parser) throws IOException {
    requireNumber(parser);
    return parser.getLongValue();
  }

  private static int whole(JsonParser parser) throws IOException {
    requireNumber(parser);
    return parser.getIntValue();
  }

  private static void requireNumber(JsonParser parser) throws IOException {
    if (parser.currentToken() != JsonToken.VALUE_NUMBER_INT) {
      throw new JsonParseException(parser, "a whole number is expected: " + parser.getText());
    }
  }
}
