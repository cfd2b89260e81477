package dev.trial.claims.settings;

import dev.trial.core.json.JsonFormatException;
import java.io.IOException;
import java.io.Serial;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Pattern;

/** The text of a {@code .properties} file. */
public final class PropertiesText {
  /** Spring Boot's mark between the documents of a file. */
  private static final Pattern MARK = Pattern.compile("(?m)^[#!]---[ \\t]*$");

  private PropertiesText() {}

  /** The documents of the text, each with its keys in their order; most texts have one. */
  public static List<Map<String, String>> documents(String text, String place) {
    List<Map<String, String>> documents = new ArrayList<>();
    for (String document : MARK.split(text)) {
      documents.add(document(document, place));
    }
    return documents;
  }

  private static Map<String, String> document(String text, String place) {
    InOrder properties = new InOrder();
    try {
      properties.load(new StringReader(text));
    } catch (IllegalArgumentException malformed) {
      throw new JsonFormatException(place, "holds a \\u that is not followed by four hex digits");
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return properties.inOrder;
  }

  /** Keeps the order of the file, which a hash table does not. */
  private static final class InOrder extends Properties {
    @Serial private static final long serialVersionUID = 1L;
    private final transient Map<String, String> inOrder = new LinkedHashMap<>();

    @Override
    public synchronized Object put(Object key, Object value) {
      inOrder.put((String) key, ((String) value).strip());
      return super.put(key, value);
    }
  }
}
