package dev.trial.broker.controller;

import dev.trial.broker.metadata.MetadataRecord;
import dev.trial.broker.metadata.MetadataRecord.ConfigChanged;
import dev.trial.broker.metadata.MetadataRecord.ConfigScope;
import dev.trial.broker.metadata.TopicConfigs;
import dev.trial.broker.settings.BrokerSettings;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * Settings that Kafka knows and this cluster keeps and describes, but that change nothing here: who
 * sets one is told, once for each.
 */
public final class UnheededSettings {

  /** Begins such a line of a controller's log. */
  public static final String PREFIX = "not heeded: ";

  private final Consumer<String> log;
  private final Set<String> told = new TreeSet<>();

  UnheededSettings(Consumer<String> log) {
    this.log = log;
  }

  /** Looks through what a request changes. */
  void look(List<MetadataRecord> records) {
    for (MetadataRecord record : records) {
      if (record instanceof ConfigChanged changed && changed.value() != null) {
        look(changed);
      }
    }
  }

  private void look(ConfigChanged changed) {
    boolean topic = changed.scope() == ConfigScope.TOPIC;
    Set<String> obeyed = topic ? TopicConfigs.obeyed() : BrokerSettings.obeyed();
    String kind = topic ? "topic" : "broker";
    if (!obeyed.contains(changed.key()) && told.add(kind + "/" + changed.key())) {
      log.accept(PREFIX + kind + " setting " + changed.key() + " is kept, but changes nothing");
    }
  }
}
