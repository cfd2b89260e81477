package dev.trial.core.history;

import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
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
  long index;
  long timeNs;
  int process;
  long invocation;
  long value;
  long offset;
  long askedMs;
  long timestampMs;
  long logStart;
  long highWatermark;
  long logEnd;
  int partition;
  int incarnation;
  int generation;
  int leader;
  int epoch;
  int broker;
  int classicMembers;
  int consumerMembers;
  boolean inSync;
  boolean tombstone;
  boolean byLog;
  private final Shared shared;
  private String[] textNames = new String[4];
  private String[] texts = new String[4];
  private int textCount;
  private Map<String, Map<PartitionId, Long>> offsets;
  Map<String, String> settings;
  List<Delivered> records;
  List<Logged> log;
  List<EpochStart> epochs;
  List<PartitionId> partitions;
  List<String> topics;
  List<String> hit;
  List<Integer> isr;
  List<Stamp> stamps;
  ScheduledFault fault;

  /** {@code shared} gives equal texts and partitions of a whole history one object each. */
  OperationFields(Shared shared) {
    this.shared = shared;
    clear();
  }

  /** Forgets a line: all fields are as if it had none of them. */
  void clear() {
    index = -1;
    timeNs = 0;
    process = 0;
    invocation = Operation.NO_INVOCATION;
    value = Delivered.NO_VALUE;
    offset = -1;
    askedMs = -1;
    timestampMs = -1;
    logStart = 0;
    highWatermark = 0;
    logEnd = 0;
    partition = -1;
    incarnation = 0;
    generation = -1;
    leader = -1;
    epoch = 0;
    broker = 0;
    classicMembers = 0;
    consumerMembers = 0;
    inSync = false;
    tombstone = false;
    byLog = false;
    textCount = 0;
    clearGroups();
  }

  private void clearGroups() {
    offsets = Map.of();
    settings = Map.of();
    records = List.of();
    log = List.of();
    epochs = List.of();
    partitions = List.of();
    topics = List.of();
    hit = List.of();
    isr = List.of();
    stamps = List.of();
    fault = null;
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

  /** Reads a whole object; the tokens stand before its opening brace. */
  void gather(Tokens tokens) throws IOException {
    if (tokens.next() != JsonToken.START_OBJECT) {
      throw tokens.error("an operation is a JSON object", null);
    }
    while (tokens.next() == JsonToken.FIELD_NAME) {
      String name = tokens.name();
      JsonToken token = tokens.next();
      switch (token) {
        case VALUE_NUMBER_INT -> number(name, tokens);
        case VALUE_STRING -> addText(name, tokens.text());
        case VALUE_TRUE, VALUE_FALSE -> flag(name, token == JsonToken.VALUE_TRUE);
        case START_ARRAY -> array(name, tokens);
        case START_OBJECT -> object(name, tokens);
        default -> {
          // null says the same as a field left out; fractions are no field of ours
        }
      }
    }
    if (tokens.next() != null) {
      throw tokens.error("more follows on the line after the operation", null);
    }
  }

  private void number(String name, Tokens tokens) throws IOException {
    switch (name) {
      case "i" -> index = tokens.number();
      case "t" -> timeNs = tokens.number();
      case "p" -> process = tokens.whole();
      case "of" -> invocation = tokens.number();
      case "value" -> value = tokens.number();
      case "offset" -> offset = tokens.number();
      case "log_start" -> logStart = tokens.number();
      case "high_watermark" -> highWatermark = tokens.number();
      case "log_end" -> logEnd = tokens.number();
      case "partition" -> partition = tokens.whole();
      case "incarnation" -> incarnation = tokens.whole();
      case "generation" -> generation = tokens.whole();
      case "leader" -> leader = tokens.whole();
      case "epoch" -> epoch = tokens.whole();
      case "broker" -> broker = tokens.whole();
      case "classic_members" -> classicMembers = tokens.whole();
      case "consumer_members" -> consumerMembers = tokens.whole();
      case "asked_ms" -> askedMs = tokens.number();
      case "timestamp_ms" -> timestampMs = tokens.number();
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

  private void array(String name, Tokens tokens) throws IOException {
    switch (name) {
      case "records" -> records = list(tokens, this::delivered);
      case "log" -> log = list(tokens, OperationFields::logged);
      case "epochs" -> epochs = list(tokens, OperationFields::epochStart);
      case "partitions" -> partitions = list(tokens, each -> partitionId(each, string(each)));
      case "topics" -> topics = list(tokens, OperationFields::string);
      case "hit" -> hit = list(tokens, OperationFields::string);
      case "isr" -> isr = list(tokens, OperationFields::whole);
      case "stamps" -> stamps = list(tokens, OperationFields::stamp);
      default -> tokens.skip();
    }
  }

  private void object(String name, Tokens tokens) throws IOException {
    switch (name) {
      case "offsets", "starts", "ends" -> {
        offsets = offsets.isEmpty() ? new TreeMap<>() : offsets;
        offsets.put(name, offsetMap(tokens));
      }
      case "settings" -> settings = textMap(tokens);
      case "fault" -> fault = scheduled(tokens);
      default -> tokens.skip();
    }
  }

  private static ScheduledFault scheduled(Tokens tokens) throws IOException {
    JsonNode node = tokens.tree();
    try {
      return FaultJson.read(node, "fault");
    } catch (IllegalArgumentException e) {
      throw tokens.error(e.getMessage(), e);
    }
  }

  // ---- elements

  /** Reads one element; the tokens stand on its first token. */
  private interface Element<T> {
    T read(Tokens tokens) throws IOException;
  }

  private static <T> List<T> list(Tokens tokens, Element<T> element) throws IOException {
    List<T> list = new ArrayList<>();
    while (tokens.next() != JsonToken.END_ARRAY) {
      list.add(element.read(tokens));
    }
    return Collections.unmodifiableList(list);
  }

  private Delivered delivered(Tokens tokens) throws IOException {
    open(tokens);
    String topic = nextString(tokens);
    int partition = counted(tokens, nextWhole(tokens));
    long offset = nextNumber(tokens);
    long value = nextNumber(tokens);
    String key = optionalString(tokens);
    boolean ended = tokens.current() == JsonToken.END_ARRAY;
    String defect = ended ? null : optionalString(tokens);
    skipRest(tokens);
    return new Delivered(shared.partition(topic, partition), offset, value, key, defect);
  }

  private static Logged logged(Tokens tokens) throws IOException {
    open(tokens);
    long offset = nextNumber(tokens);
    int epoch = nextWhole(tokens);
    long value = nextNumber(tokens);
    boolean control = tokens.next() == JsonToken.VALUE_TRUE;
    skipRest(tokens);
    return new Logged(offset, epoch, value, control);
  }

  private static EpochStart epochStart(Tokens tokens) throws IOException {
    open(tokens);
    EpochStart start = new EpochStart(nextWhole(tokens), nextNumber(tokens));
    tokens.next();
    skipRest(tokens);
    return start;
  }

  private static Stamp stamp(Tokens tokens) throws IOException {
    open(tokens);
    Stamp stamp = new Stamp(nextNumber(tokens), nextNumber(tokens));
    tokens.next();
    skipRest(tokens);
    return stamp;
  }

  private static Map<PartitionId, Long> offsetMap(Tokens tokens) throws IOException {
    Map<PartitionId, Long> map = new TreeMap<>();
    while (tokens.next() == JsonToken.FIELD_NAME) {
      PartitionId partition = partitionId(tokens, tokens.name());
      map.put(partition, nextNumber(tokens));
    }
    return Collections.unmodifiableMap(map);
  }

  private static Map<String, String> textMap(Tokens tokens) throws IOException {
    Map<String, String> map = new TreeMap<>();
    while (tokens.next() == JsonToken.FIELD_NAME) {
      String name = tokens.name();
      tokens.next();
      map.put(name, string(tokens));
    }
    return Collections.unmodifiableMap(map);
  }

  private static PartitionId partitionId(Tokens tokens, String text) throws IOException {
    int slash = text.lastIndexOf('/');
    try {
      return new PartitionId(
          text.substring(0, Math.max(slash, 0)),
          counted(tokens, Integer.parseInt(text.substring(slash + 1))));
    } catch (NumberFormatException e) {
      throw tokens.error("a partition is spelled topic/number: " + text, e);
    }
  }

  /** The number of a partition. */
  private static int counted(Tokens tokens, int partition) throws IOException {
    if (partition < 0) {
      throw tokens.error("no partition has the number " + partition, null);
    }
    return partition;
  }

  private static void open(Tokens tokens) throws IOException {
    if (tokens.current() != JsonToken.START_ARRAY) {
      throw tokens.error("an array is expected, found " + tokens.text(), null);
    }
  }

  private static void skipRest(Tokens tokens) throws IOException {
    while (tokens.current() != JsonToken.END_ARRAY) {
      if (tokens.current() == null) {
        throw tokens.error("the line ends inside an array", null);
      }
      tokens.skip();
      tokens.next();
    }
  }

  private static String optionalString(Tokens tokens) throws IOException {
    return tokens.next() == JsonToken.VALUE_STRING ? tokens.text() : null;
  }

  private static String nextString(Tokens tokens) throws IOException {
    tokens.next();
    return string(tokens);
  }

  private static long nextNumber(Tokens tokens) throws IOException {
    tokens.next();
    return number(tokens);
  }

  private static int nextWhole(Tokens tokens) throws IOException {
    tokens.next();
    return whole(tokens);
  }

  private static String string(Tokens tokens) throws IOException {
    if (tokens.current() != JsonToken.VALUE_STRING) {
      throw tokens.error("a text is expected, found " + tokens.text(), null);
    }
    return tokens.text();
  }

  private static long number(Tokens tokens) throws IOException {
    requireNumber(tokens);
    return tokens.number();
  }

  private static int whole(Tokens tokens) throws IOException {
    requireNumber(tokens);
    return tokens.whole();
  }

  private static void requireNumber(Tokens tokens) throws IOException {
    if (tokens.current() != JsonToken.VALUE_NUMBER_INT) {
      throw tokens.error("a whole number is expected: " + tokens.text(), null);
    }
  }
}
