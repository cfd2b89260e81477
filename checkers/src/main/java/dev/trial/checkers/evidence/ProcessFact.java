package dev.trial.checkers.evidence;

import dev.trial.core.history.Action.End;
import dev.trial.core.history.Action.Start;
import java.util.Map;

/** A client process. */
public final class ProcessFact {

  final int id;
  final String client;
  final Start.Kind kind;
  final Map<String, String> settings;
  final long begun;
  String group;
  End.How ended;
  long endIndex = Long.MAX_VALUE;
  long lastPoll = -1;
  boolean endMissing;

  ProcessFact(int id, String client, Start.Kind kind, Map<String, String> settings, long begun) {
    this.id = id;
    this.begun = begun;
    this.client = client;
    this.kind = kind;
    this.settings = settings;
  }

  public int id() {
    return id;
  }

  /** The client's name; the process id as text if it never said. */
  public String client() {
    return client;
  }

  public Start.Kind kind() {
    return kind;
  }

  /** The client settings it ran with. */
  public Map<String, String> settings() {
    return settings;
  }

  /** A setting in milliseconds; {@code unsetMs} where it is not set, or to no whole number. */
  public long settingMs(String name, long unsetMs) {
    try {
      return Long.parseLong(settings.getOrDefault(name, ""));
    } catch (NumberFormatException none) {
      return unsetMs;
    }
  }

  /** The group it belongs to, null if it showed none. */
  public String group() {
    return group != null ? group : settings.get("group.id");
  }

  /** Index of its start, or of its first operation. */
  public long begun() {
    return begun;
  }

  /** How it ended, null if it still lived at the end of the history. */
  public End.How ended() {
    return ended;
  }

  /** Index of its end, {@link Long#MAX_VALUE} if there was none. */
  public long endIndex() {
    return endIndex;
  }

  /** Index at which its last poll began, −1 if it never polled. */
  public long lastPoll() {
    return lastPoll;
  }

  /** True if it is given only what is committed (isolation.level). */
  public boolean readsCommitted() {
    return "read_committed".equals(settings.get("isolation.level"));
  }

  public boolean finalReader() {
    return kind == Start.Kind.READER;
  }

  /** True of a final reader that said itself that it had read everything. */
  public boolean readAll() {
    return finalReader() && ended == End.How.CLOSED;
  }

  /** True if it must have ended and the history does not tell when, nor how. */
  public boolean endMissing() {
    return endMissing;
  }
}
