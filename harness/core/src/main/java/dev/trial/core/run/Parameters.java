package dev.trial.core.run;

import dev.trial.core.json.JsonFormatException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Named parameters of a client program, as text. */
public record Parameters(Map<String, String> values) {

  public Parameters {
    values = java.util.Collections.unmodifiableMap(new TreeMap<>(values));
  }

  /** Parameters from alternating names and values. */
  public static Parameters of(Object... namesAndValues) {
    Map<String, String> values = new TreeMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      values.put(String.valueOf(namesAndValues[i]), String.valueOf(namesAndValues[i + 1]));
    }
    return new Parameters(values);
  }

  /** These with one more, or with another value of one. */
  public Parameters with(String name, Object value) {
    Map<String, String> all = new TreeMap<>(values);
    all.put(name, String.valueOf(value));
    return new Parameters(all);
  }

  /** The text of that name. */
  public String text(String name, String otherwise) {
    return values.getOrDefault(name, otherwise);
  }

  /** The whole number of that name. */
  public long number(String name, long otherwise) {
    String text = values.get(name);
    try {
      return text == null ? otherwise : Long.parseLong(text);
    } catch (NumberFormatException notNumber) {
      throw new JsonFormatException("parameters." + name, "'" + text + "' is no whole number");
    }
  }

  /** The yes or no of that name. */
  public boolean flag(String name, boolean otherwise) {
    String text = values.get(name);
    return text == null ? otherwise : Boolean.parseBoolean(text);
  }

  /** The comma-separated list of that name; empty if absent. */
  public List<String> list(String name) {
    String text = values.get(name);
    return text == null || text.isEmpty() ? List.of() : List.of(text.split(","));
  }
}
