package dev.trial.core.history;

import java.util.Arrays;

/** Names of constants in history files: lower case, words joined by dashes. */
final class Constants {

  private Constants() {}

  /** The constant spelled {@code id}; throws {@link IllegalArgumentException} naming all others. */
  static <E extends Enum<E>> E of(Class<E> type, String id) {
    E[] constants = type.getEnumConstants();
    for (E constant : constants) {
      if (spells(constant.name(), id)) {
        return constant;
      }
    }
    throw new IllegalArgumentException(
        "\"" + id + "\" is none of " + Arrays.stream(constants).map(Constants::id).toList());
  }

  private static String id(Enum<?> constant) {
    StringBuilder id = new StringBuilder();
    constant.name().chars().forEach(c -> id.append(JsonBytes.lower((char) c)));
    return id.toString();
  }

  private static boolean spells(String name, String id) {
    if (name.length() != id.length()) {
      return false;
    }
    for (int i = 0; i < name.length(); i++) {
      if (JsonBytes.lower(name.charAt(i)) != id.charAt(i)) {
        return false;
      }
    }
    return true;
  }
}
