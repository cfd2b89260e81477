package dev.trial.sim.world;

import dev.trial.core.world.RandomStream;
import java.util.ArrayList;
import java.util.List;

/** A client process (one incarnation of it), or the harness itself: strands and sockets. */
final class SimProcess {
  private final String name;
  private final Party party;
  private final RandomStream entropy;
  private final ClassLoader context;
  private final List<SimStrand> strands = new ArrayList<>();
  private boolean killed;

  SimProcess(String name, Party party, RandomStream entropy, ClassLoader context) {
    this.name = name;
    this.party = party;
    this.entropy = entropy;
    this.context = context;
  }

  String name() {
    return name;
  }

  /** Its party on the network; null for the harness. */
  Party party() {
    return party;
  }

  int partyIndex() {
    return party == null ? -1 : party.index();
  }

  RandomStream entropy() {
    return entropy;
  }

  ClassLoader context() {
    return context;
  }

  boolean paused() {
    return party != null && party.paused();
  }

  boolean killed() {
    return killed;
  }

  boolean harness() {
    return party == null;
  }

  boolean alive() {
    return !killed && !strands.isEmpty();
  }

  /** Its strands that have not ended, oldest first. */
  List<SimStrand> strands() {
    return strands;
  }

  void markKilled() {
    killed = true;
  }
}
