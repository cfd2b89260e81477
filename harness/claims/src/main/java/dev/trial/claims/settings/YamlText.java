package dev.trial.claims.settings;

import dev.trial.core.json.JsonFormatException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.representer.Representer;
import org.yaml.snakeyaml.resolver.Resolver;

/**
 * The text of a YAML file, read as Spring Boot reads it (OriginTrackedYamlLoader): YAML 1.1, plain
 * values only, no key twice, nested names joined by dots.
 */
final class YamlText {

  private YamlText() {}

  /** The documents of the text, each with its keys in their order. */
  static List<Map<String, String>> documents(String text, String place) {
    List<Map<String, String>> documents = new ArrayList<>();
    try {
      for (Object document : yaml().loadAll(text)) {
        Map<String, String> flat = new LinkedHashMap<>();
        flatten("", document, flat, place);
        documents.add(flat);
      }
    } catch (MarkedYAMLException wrong) {
      throw new JsonFormatException(place + at(wrong.getProblemMark()), problem(wrong));
    } catch (YAMLException wrong) {
      throw new JsonFormatException(place, firstLine(wrong.getMessage()));
    }
    return documents;
  }

  private static Yaml yaml() {
    LoaderOptions options = new LoaderOptions();
    options.setAllowDuplicateKeys(false);
    DumperOptions unused = new DumperOptions();
    return new Yaml(
        new SafeConstructor(options),
        new Representer(unused),
        unused,
        options,
        new WithoutTimestamps());
  }

  private static void flatten(String path, Object value, Map<String, String> flat, String place) {
    if (value instanceof Map<?, ?> nested) {
      nested.forEach((key, each) -> flatten(joined(path, key), each, flat, place));
    } else if (path.isEmpty() && value != null) {
      throw new JsonFormatException(place, "expected names and values, found '" + value + "'");
    } else if (!path.isEmpty()) {
      flat.put(path, text(value));
    }
  }

  private static String joined(String path, Object key) {
    String name = String.valueOf(key);
    return path.isEmpty() || name.startsWith("[") ? path + name : path + "." + name;
  }

  private static String text(Object value) {
    if (value instanceof List<?> list) {
      return list.stream().map(YamlText::text).collect(Collectors.joining(","));
    }
    return value == null ? "" : String.valueOf(value).strip();
  }

  private static String at(Mark mark) {
    return mark == null ? "" : ":" + (mark.getLine() + 1) + ":" + (mark.getColumn() + 1);
  }

  private static String problem(MarkedYAMLException wrong) {
    return "is not YAML here: " + firstLine(wrong.getProblem());
  }

  private static String firstLine(String message) {
    return String.valueOf(message).lines().findFirst().orElse("is not YAML");
  }

  /** A date is a text like any other: as an object it would be told in another form. */
  private static final class WithoutTimestamps extends Resolver {
    @Override
    public void addImplicitResolver(
        Tag tag, java.util.regex.Pattern form, String first, int limit) {
      if (!tag.equals(Tag.TIMESTAMP)) {
        super.addImplicitResolver(tag, form, first, limit);
      }
    }
  }
}
