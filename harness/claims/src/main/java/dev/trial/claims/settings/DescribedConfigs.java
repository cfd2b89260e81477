package dev.trial.claims.settings;

import dev.trial.core.json.JsonFormatException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What {@code kafka-configs --describe} prints of topics and brokers (ConfigCommand,
 * describeResourceConfig), also with {@code --all}.
 */
public final class DescribedConfigs {
  private static final Pattern HEAD =
      Pattern.compile("(?:Dynamic|All) configs for (topic|broker) (\\S+) are:");
  private static final Pattern DEFAULTS =
      Pattern.compile("Default configs for (broker)s in the (cluster) are:");
  private static final Pattern OTHER =
      Pattern.compile(".*\\bconfigs? for [a-z-]+ .*\\bare\\b.*|.* in the cluster are:");
  private static final Pattern LINE =
      Pattern.compile("\\s+([A-Za-z0-9._-]+)=(.*) sensitive=(true|false) synonyms=\\{(.*)}\\s*");

  private final Map<String, Setting> settings = new LinkedHashMap<>();
  private final Set<String> different = new HashSet<>();
  private final ForeignSettings.Draft draft = new ForeignSettings.Draft();
  private final String place;
  private String resource;
  private Whose whose;
  private int defaults;

  private DescribedConfigs(String place) {
    this.place = place;
  }

  private record Setting(Whose whose, String name, String value, String resource) {}

  /** True if a text looks like it. */
  public static boolean isSuch(String text) {
    return text.lines()
        .anyMatch(line -> HEAD.matcher(line).matches() || DEFAULTS.matcher(line).matches());
  }

  /**
   * What it says.
   *
   * @param obeyed of which settings a trial can take account: the rest of those that stand at
   *     Kafka's defaults is counted, not named
   */
  public static ForeignSettings read(String text, String place, Obeyed obeyed) {
    DescribedConfigs described = new DescribedConfigs(place);
    int number = 0;
    for (String line : text.lines().toList()) {
      number++;
      described.line(line, number, obeyed);
    }
    return described.done();
  }

  /** Which settings change anything. */
  public interface Obeyed {
    /** True if this one does. */
    boolean is(Whose whose, String name);
  }

  private void line(String line, int number, Obeyed obeyed) {
    Matcher setting = LINE.matcher(line);
    if (setting.matches() && whose != null) {
      setting(setting, obeyed);
    } else if (!head(HEAD.matcher(line)) && !head(DEFAULTS.matcher(line))) {
      other(line, number);
    }
  }

  private boolean head(Matcher head) {
    if (!head.matches()) {
      return false;
    }
    whose = Whose.valueOf(head.group(1).toUpperCase(Locale.ROOT));
    resource = head.group(1) + " " + head.group(2);
    return true;
  }

  /** Of users, clients, groups: read past it. What looks like nothing of the tool is refused. */
  private void other(String line, int number) {
    if (OTHER.matcher(line).matches()) {
      whose = null;
      draft.keepOut(line.strip(), "neither of a topic nor of a broker");
    } else if (!line.isBlank() && whose != null) {
      throw new JsonFormatException(
          place + ":" + number,
          "expected a line of kafka-configs --describe, such as"
              + " '  retention.ms=1000 sensitive=false synonyms={…}'");
    }
  }

  private void setting(Matcher line, Obeyed obeyed) {
    String name = line.group(1);
    boolean atDefault = line.group(4).startsWith("DEFAULT_CONFIG:") || line.group(4).isEmpty();
    if (line.group(3).equals("true")) {
      draft.keepOut(name, "it is secret: its value is not in the file");
    } else if (atDefault && !obeyed.is(whose, name)) {
      defaults++;
    } else {
      take(new Setting(whose, name, line.group(2), resource));
    }
  }

  private void take(Setting setting) {
    String key = setting.whose() + " " + setting.name();
    Setting other = settings.putIfAbsent(key, setting);
    if (other != null && !other.value().equals(setting.value()) && different.add(key)) {
      draft.keepOut(
          setting.name(), other.resource() + " and " + setting.resource() + " differ in it");
    }
  }

  private ForeignSettings done() {
    settings.keySet().removeAll(different);
    settings
        .values()
        .forEach(each -> draft.take(each.name(), each.whose(), each.name(), each.value()));
    if (defaults > 0) {
      draft.keepOut(
          defaults + " settings at Kafka's defaults", "the reference cluster has no such settings");
    }
    return draft.done();
  }
}
