package dev.trial.broker.defect;

import java.util.EnumSet;
import java.util.Set;

/** The defects switched on in one cluster. */
public final class Defects {

  /** A correct cluster. */
  public static final Defects NONE = new Defects(Set.of());

  private final EnumSet<Defect> on = EnumSet.noneOf(Defect.class);

  public Defects(Set<Defect> on) {
    this.on.addAll(on);
  }

  /** True if that bug is in. */
  public boolean has(Defect defect) {
    return on.contains(defect);
  }
}
