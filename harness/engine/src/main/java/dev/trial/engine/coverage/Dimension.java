package dev.trial.engine.coverage;

import java.util.Locale;

/** What is counted side by side in the coverage table. */
public enum Dimension {
  CLAIM("claims put on trial"),
  WORKLOAD("workloads of exploring runs"),
  CLUSTER("sizes of clusters"),
  SETTING("settings other than the default profile's"),
  FAULT("faults, by the role they hit"),
  WHILE("faults, by what was under way"),
  ERROR("errors that clients were told"),
  CHANGE("changes of leadership, nodes and groups");

  private final String title;

  Dimension(String title) {
    this.title = title;
  }

  /** What it counts, in words. */
  public String title() {
    return title;
  }

  /** A point of it. */
  public String point(String name) {
    return id() + ":" + name;
  }

  /** True if the point is one of it. */
  public boolean has(String point) {
    return point.startsWith(id() + ":");
  }

  private String id() {
    return name().toLowerCase(Locale.ROOT);
  }
}
