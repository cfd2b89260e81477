package dev.trial.core.json;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A JSON object read strictly: an unknown, missing or wrongly typed field is a {@link
 * JsonFormatException} that names the place and the nearest valid choice.
 */
public final class StrictObject {
  private final JsonNode node;
  private final String place;

  private StrictObject(JsonNode node, String place) {
    this.node = node;
    this.place = place;
  }

  /** The node as an object; {@code place} is how messages call it. */
  public static StrictObject of(JsonNode node, String place) {
    if (node == null || !node.isObject()) {
      throw new JsonFormatException(place, "expected an object, found " + kind(node));
    }
    return new StrictObject(node, place);
  }

  /** Refuses any field that is not among these. */
  public StrictObject allow(List<String> fields) {
    for (Iterator<String> names = node.fieldNames(); names.hasNext(); ) {
      String name = names.next();
      if (!fields.contains(name)) {
        throw problem(Nearest.explain("field", name, fields));
      }
    }
    return this;
  }

  /** Refuses any field that is not among these. */
  public StrictObject allow(String... fields) {
    return allow(List.of(fields));
  }

  /** Where this object stands in its file. */
  public String place() {
    return place;
  }

  /** An exception that names this place. */
  public JsonFormatException problem(String problem) {
    return new JsonFormatException(place, problem);
  }

  /** True if the field is there and not null. */
  public boolean has(String field) {
    return node.hasNonNull(field);
  }

  /** A text that must be there. */
  public String text(String field) {
    JsonNode value = required(field);
    if (!value.isTextual()) {
      throw wrong(field, "a text", value);
    }
    return value.textValue();
  }

  /** A text that may be null or absent. */
  public String textOrNull(String field) {
    JsonNode value = node.get(field);
    return value == null || value.isNull() ? null : text(field);
  }

  /** A whole number that must be there. */
  public long number(String field) {
    JsonNode value = required(field);
    if (!value.isIntegralNumber() || !value.canConvertToLong()) {
      throw wrong(field, "a whole number", value);
    }
    return value.longValue();
  }

  /** A whole number of int's range that must be there. */
  public int integer(String field) {
    long value = number(field);
    if (value != (int) value) {
      throw problem("'" + field + "' is out of range: " + value);
    }
    return (int) value;
  }

  /** A whole number from 0 that must be there. */
  public long amount(String field) {
    long value = number(field);
    if (value < 0) {
      throw problem("'" + field + "' must not be negative: " + value);
    }
    return value;
  }

  /** True or false, must be there. */
  public boolean flag(String field) {
    JsonNode value = required(field);
    if (!value.isBoolean()) {
      throw wrong(field, "true or false", value);
    }
    return value.booleanValue();
  }

  /** An object that must be there. */
  public StrictObject object(String field) {
    return of(required(field), place + "." + field);
  }

  /** The elements of an array that must be there, each an object. */
  public List<StrictObject> objects(String field) {
    List<StrictObject> objects = new ArrayList<>();
    for (JsonNode element : array(field)) {
      objects.add(of(element, place + "." + field + "[" + objects.size() + "]"));
    }
    return objects;
  }

  /** The elements of an array that must be there, each a text. */
  public List<String> texts(String field) {
    List<String> texts = new ArrayList<>();
    for (JsonNode element : array(field)) {
      if (!element.isTextual()) {
        throw wrong(field + "[" + texts.size() + "]", "a text", element);
      }
      texts.add(element.textValue());
    }
    return texts;
  }

  /** All fields of this object as texts; numbers and booleans are taken as written. */
  public Map<String, String> settings() {
    Map<String, String> settings = new TreeMap<>();
    for (Map.Entry<String, JsonNode> field : node.properties()) {
      if (!field.getValue().isValueNode() || field.getValue().isNull()) {
        throw wrong(field.getKey(), "a text, number or boolean", field.getValue());
      }
      settings.put(field.getKey(), field.getValue().asText());
    }
    return settings;
  }

  /** The enum constant written in lower case with dashes. */
  public <E extends Enum<E>> E choice(String field, Class<E> type) {
    String typed = text(field);
    List<String> choices = new ArrayList<>();
    for (E constant : type.getEnumConstants()) {
      choices.add(idOf(constant));
      if (idOf(constant).equals(typed)) {
        return constant;
      }
    }
    throw problem(Nearest.explain(field, typed, choices));
  }

  /** How {@link #choice} writes a constant. */
  public static String idOf(Enum<?> constant) {
    return constant.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
  }

  private JsonNode array(String field) {
    JsonNode value = required(field);
    if (!value.isArray()) {
      throw wrong(field, "an array", value);
    }
    return value;
  }

  private JsonNode required(String field) {
    JsonNode value = node.get(field);
    if (value == null) {
      throw problem("'" + field + "' is missing");
    }
    return value;
  }

  private JsonFormatException wrong(String field, String expected, JsonNode found) {
    return problem("'" + field + "' must be " + expected + ", found " + kind(found));
  }

  private static String kind(JsonNode node) {
    return node == null
        ? "nothing"
        : node.isValueNode()
            ? node.toString()
            : "an " + node.getNodeType().name().toLowerCase(java.util.Locale.ROOT);
  }
}
