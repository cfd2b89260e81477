package dev.trial.claims;

import java.util.Locale;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.ConfigKey;
import org.apache.kafka.common.config.ConfigException;

/** Which values a client's settings take, by the definitions of kafka-clients itself. */
final class ClientSettingValues {
  private ClientSettingValues() {}

  /** What the setting takes, in words, where it does not take this value; else null. */
  static String refusal(ConfigDef definitions, String name, String value) {
    ConfigKey key = definitions.configKeys().get(name);
    if (key.type == ConfigDef.Type.CLASS) {
      return null; // of the client's class path, which is not this one
    }
    try {
      Object parsed = ConfigDef.parseType(name, value, key.type);
      if (key.validator != null) {
        key.validator.ensureValid(name, parsed);
      }
      return null;
    } catch (ConfigException refused) {
      return "of type " + key.type.name().toLowerCase(Locale.ROOT) + bounds(key);
    }
  }

  private static String bounds(ConfigKey key) {
    return key.validator == null ? "" : " in " + key.validator;
  }
}
