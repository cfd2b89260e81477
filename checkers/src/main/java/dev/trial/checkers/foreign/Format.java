package dev.trial.checkers.foreign;

import java.util.Arrays;
import java.util.Optional;

/** The forms of history that can be told from their first line. */
public enum Format {
  TRIAL("trial"),
  REGISTER_LOG("register-log"),
  KEY_VALUE_LOG("key-value-log"),
  LIST_APPEND("list-append");

  private final String id;

  Format(String id) {
    this.id = id;
  }

  /** As it is typed. */
  public String id() {
    return id;
  }

  /** The format of that name. */
  public static Optional<Format> named(String id) {
    return Arrays.stream(values()).filter(each -> each.id.equals(id)).findFirst();
  }

  /** What a history whose first line that is not blank is this one seems to be. */
  public static Format of(String firstLine) {
    String line = firstLine.strip();
    if (RegisterLog.recognises(line)) {
      return REGISTER_LOG;
    }
    if (AppendLog.recognises(line)) {
      return LIST_APPEND;
    }
    boolean map = line.startsWith("{:") || line.startsWith("{ :");
    return map && line.contains(":key") ? KEY_VALUE_LOG : TRIAL;
  }
}
