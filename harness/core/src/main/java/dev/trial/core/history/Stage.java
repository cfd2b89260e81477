package dev.trial.core.history;

/** Where an operation stands (Jepsen's terms). */
public enum Stage {
  /** The process is about to do it. */
  INVOKE("invoke"),
  /** It happened. */
  OK("ok"),
  /** It certainly did not happen. */
  FAIL("fail"),
  /** Nobody can tell whether it happened; also used for facts that have no invocation. */
  INFO("info");

  private final String id;

  Stage(String id) {
    this.id = id;
  }

  /** The name in a history file. */
  public String id() {
    return id;
  }
}
