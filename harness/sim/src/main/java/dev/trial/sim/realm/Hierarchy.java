package dev.trial.sim.realm;

/** Superclasses of the classes that a rewriter sees. */
@FunctionalInterface
interface Hierarchy {

  /** The superclass's internal name; null where the class is none of the realm's. */
  String superOf(String type);
}
