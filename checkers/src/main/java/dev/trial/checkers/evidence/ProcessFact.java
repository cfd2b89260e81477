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
  String group;
  End.How ended;
  long startIndex;
  long endIndex = Long.MAX_VALUE;

  ProcessFact(int id, String client, Start.Kind kind, Map<String, String> settings) {
    this.id = id;
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

  /** The group it belongs to, null if it showed none. */
  public String group() {
    return group != null ? group : settings.get("group.id");
  }

  /** How it ended, null if it still lived at the end of the history. */
  public End.How ended() {
    return ended;
  }

  /** Index of its start. */
  public long startIndex() {
    return startIndex;
  }

  /** Index of its end, {@link Long#MAX_VALUE} if there was none. */
  public long endIndex() {
    return endIndex;
  }

  /** True if it is given only what is committed (isolation.level). */
  public boolean readsCommitted() {
    return "read_committed".equals(settings.get("isolation.level"));
  }

  public boolean finalReader() {
    return kind == Start.Kind.READER;
  }
}
