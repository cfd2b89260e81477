package dev.trial.claims.settings;

import dev.trial.core.json.JsonFormatException;
import dev.trial.core.json.Nearest;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * {@code application.yml} or {@code application.properties} of Spring Boot: what stands under
 * {@code spring.kafka}. Later documents win; one that is for a Spring profile is left out.
 */
public final class SpringFile {
  private static final String KAFKA = "spring.kafka.";
  private static final String STREAM = "spring.cloud.stream.";
  private static final List<String> FOR_A_PROFILE =
      List.of("spring.config.activate.on-profile", "spring.profiles");
  private static final String PROPERTIES = "properties";

  private final Map<String, String> all = new LinkedHashMap<>();
  private final ForeignSettings.Draft draft = new ForeignSettings.Draft();
  private boolean any;

  private SpringFile() {}

  /** What a YAML file says. */
  public static ForeignSettings yaml(String text, String place) {
    return new SpringFile().read(YamlText.documents(text, place), place);
  }

  /** What a {@code .properties} file says. */
  public static ForeignSettings properties(String text, String place) {
    return new SpringFile().read(PropertiesText.documents(text, place), place);
  }

  /** True if a {@code .properties} file is Spring Boot's rather than a client's. */
  public static boolean isSpring(List<Map<String, String>> documents) {
    return documents.stream()
        .flatMap(document -> document.keySet().stream())
        .anyMatch(key -> key.startsWith("spring."));
  }

  private ForeignSettings read(List<Map<String, String>> documents, String place) {
    for (int i = 0; i < documents.size(); i++) {
      take(documents.get(i), i + 1);
    }
    all.keySet().stream()
        .sorted(Comparator.comparingInt(SpringFile::rank))
        .forEach(key -> line(key, all.get(key)));
    if (!any) {
      throw new JsonFormatException(place, "says nothing under " + KAFKA + "*");
    }
    return draft.done();
  }

  private void take(Map<String, String> document, int number) {
    for (String key : FOR_A_PROFILE) {
      if (document.containsKey(key)) {
        any |= document.keySet().stream().anyMatch(SpringFile::kafka);
        draft.keepOut(
            "document " + number, "it is for the Spring profile '" + document.get(key) + "'");
        return;
      }
    }
    document.forEach(
        (key, value) -> {
          all.remove(key); // where it stands last is where it counts
          all.put(key, value);
        });
  }

  /**
   * As buildProperties puts them: what all clients have, then a client's own, its properties last.
   */
  private static int rank(String key) {
    String plain = SpringNames.plain(key);
    boolean ofOne = plain.startsWith(KAFKA + "producer.") || plain.startsWith(KAFKA + "consumer.");
    return (ofOne ? 2 : 0) + (plain.contains("." + PROPERTIES) ? 1 : 0);
  }

  private static boolean kafka(String key) {
    return SpringNames.plain(key).startsWith(KAFKA);
  }

  private void line(String key, String value) {
    if (key.startsWith(STREAM)) {
      any = true;
      draft.keepOut(key, "a setting of Spring Cloud Stream, which a trial does not read");
    } else if (kafka(key)) {
      any = true;
      kafka(key, key.substring(KAFKA.length()), value);
    }
  }

  private void kafka(String key, String path, String value) {
    String group = path.split("[.\\[]", 2)[0];
    String reason = SpringNames.noClient(group);
    switch (SpringNames.plain(group)) {
      case "producer" -> client(key, Whose.PRODUCER, after(path, group), value);
      case "consumer" -> client(key, Whose.CONSUMER, after(path, group), value);
      default -> {
        if (reason != null) {
          draft.keepOut(key, reason);
        } else {
          client(key, Whose.CLIENTS, path, value);
        }
      }
    }
  }

  private static String after(String path, String group) {
    return path.substring(Math.min(path.length(), group.length() + 1));
  }

  private void client(String key, Whose whose, String path, String value) {
    String group = path.split("[.\\[]", 2)[0];
    SpringNames.Meant meant = SpringNames.of(whose, path);
    if (SpringNames.plain(group).equals(PROPERTIES)) {
      take(key, whose, bare(after(path, group)), value, SpringValue.TEXT);
    } else if (meant != null) {
      take(key, whose, meant.kafka(), value, meant.value());
    } else if (SpringNames.noClient(group) != null) {
      draft.keepOut(key, SpringNames.noClient(group));
    } else {
      draft.keepOut(key, Nearest.explain("property", path, SpringNames.known(whose)));
    }
  }

  /** A name of Kafka's own, also where it is put in brackets to keep its dots. */
  private static String bare(String name) {
    return name.replaceAll("^\\[|]$", "");
  }

  private void take(String key, Whose whose, String name, String value, SpringValue form) {
    Placeholders.Resolved resolved = new Placeholders(all).resolve(value);
    if (resolved.known()) {
      draft.take(key, whose, name, form.toKafka(resolved.text()));
    } else {
      draft.keepOut(
          key,
          "it is ${" + resolved.unknown() + "}, of which the file says nothing and has no default");
    }
  }
}
