package dev.trial.checkers.foreign;

import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/** The forms of history that can be told from how they begin. */
public enum Format {
  TRIAL("trial", "log"),
  REGISTER_LOG("register-log", "register"),
  KEY_VALUE_LOG("key-value-log", "string"),
  LIST_APPEND("list-append", "list-append"),
  RW_REGISTER("rw-register", "rw-register"),
  JEPSEN_KAFKA("jepsen-kafka", "log");

  /** What no other workload of Jepsen does: Kafka's own functions and micro-operations. */
  private static final Pattern KAFKA =
      Pattern.compile(":f\\s+:(?:assign|subscribe|poll|send)\\b|\\[:(?:poll|send)\\b");

  private final String id;
  private final String model;

  Format(String id, String model) {
    this.id = id;
    this.model = model;
  }

  /** As it is typed. */
  public String id() {
    return id;
  }

  /** What the history is of: log, register, string, list-append or rw-register. */
  public String model() {
    return model;
  }

  /** The format of that name. */
  public static Optional<Format> named(String id) {
    return Arrays.stream(values()).filter(each -> each.id.equals(id)).findFirst();
  }

  /** What a history that begins so seems to be. */
  public static Format of(String head) {
    String line = head.lines().filter(each -> !each.isBlank()).findFirst().orElse("").strip();
    if (RegisterLog.recognises(line)) {
      return REGISTER_LOG;
    }
    if (line.startsWith("{\"")) {
      return TRIAL;
    }
    if (KAFKA.matcher(head).find()) {
      return JEPSEN_KAFKA;
    }
    if (head.lines().anyMatch(AppendLog::recognisesRegisters)) {
      return RW_REGISTER;
    }
    if (head.lines().anyMatch(AppendLog::recognises)) {
      return LIST_APPEND;
    }
    boolean map = line.startsWith("{:") || line.startsWith("{ :");
    return map && line.contains(":key") ? KEY_VALUE_LOG : TRIAL;
  }
}
