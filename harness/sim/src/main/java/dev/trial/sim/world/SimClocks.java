package dev.trial.sim.world;

import dev.trial.core.fault.WallClocks;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Faults on the parties' wall clocks. Each id knows whose clocks it set wrong. */
final class SimClocks implements WallClocks {
  private final SimNetwork network;
  private final Map<String, List<Party>> wrong = new LinkedHashMap<>();

  SimClocks(SimNetwork network) {
    this.network = network;
  }

  @Override
  public void shift(String id, Collection<String> parties, long offsetMs) {
    parties.forEach(party -> deviate(id, network.party(party), offsetMs, 0));
  }

  @Override
  public void drift(String id, Collection<String> parties, long ppm) {
    parties.forEach(party -> deviate(id, network.party(party), 0, ppm));
  }

  private void deviate(String id, Party party, long offsetMs, long ppm) {
    party.clock().deviate(id, offsetMs, ppm, network.nowNs());
    wrong.computeIfAbsent(id, unused -> new ArrayList<>()).add(party);
    network.note(TraceKind.FAULT, party, offsetMs + ppm, "has a wrong clock");
  }

  @Override
  public void heal(String id) {
    List<Party> parties = wrong.remove(id);
    if (parties != null) {
      parties.forEach(party -> party.clock().heal(id));
    }
  }

  @Override
  public void healAll() {
    List.copyOf(wrong.keySet()).forEach(this::heal);
  }
}
