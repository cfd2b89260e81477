package dev.trial.core.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Prints JSON so that what fits on a line stays on one: a fault schedule reads as a table. */
public final class ReadableJson {
  private static final int LINE_CHARS_MAX = 160;

  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private ReadableJson() {}

  /** The text's single value; a syntax error names its line and column. */
  public static JsonNode parse(String text, String place) {
    try {
      JsonNode node = MAPPER.readTree(text);
      if (node == null || node.isMissingNode()) {
        throw new JsonFormatException(place, "is empty");
      }
      return node;
    } catch (JsonProcessingException e) {
      String where =
          e.getLocation() == null
              ? place
              : place + ":" + e.getLocation().getLineNr() + ":" + e.getLocation().getColumnNr();
      throw new JsonFormatException(where, JsonProblem.of(e));
    }
  }

  /** The text of a node, with a line feed at its end. The outermost value is always unfolded. */
  public static String print(JsonNode node) {
    StringBuilder out = new StringBuilder();
    append(out, node, "", true);
    return out.append('\n').toString();
  }

  private static void append(StringBuilder out, JsonNode node, String indent, boolean unfold) {
    String line = node.toString();
    boolean folded = !unfold && indent.length() + line.length() <= LINE_CHARS_MAX;
    if (folded || node.isValueNode() || node.isEmpty()) {
      out.append(line);
      return;
    }
    String inner = indent + "  ";
    out.append(node.isArray() ? "[\n" : "{\n");
    String separator = "";
    for (Entry entry : entries(node)) {
      out.append(separator).append(inner).append(entry.prefix());
      append(out, entry.value(), inner, false);
      separator = ",\n";
    }
    out.append('\n').append(indent).append(node.isArray() ? ']' : '}');
  }

  private record Entry(String prefix, JsonNode value) {}

  private static List<Entry> entries(JsonNode node) {
    List<Entry> entries = new ArrayList<>();
    if (node.isArray()) {
      node.forEach(element -> entries.add(new Entry("", element)));
    } else {
      for (Map.Entry<String, JsonNode> field : node.properties()) {
        String name = MAPPER.getNodeFactory().textNode(field.getKey()).toString();
        entries.add(new Entry(name + ": ", field.getValue()));
      }
    }
    return entries;
  }
}
