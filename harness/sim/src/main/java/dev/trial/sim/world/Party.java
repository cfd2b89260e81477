package dev.trial.sim.world;

import dev.trial.core.world.Network.Acceptor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A machine or a client process as the network sees it. */
final class Party {
  private final String name;
  private final int index;

  /** Ends of connections that something may still arrive at. */
  private final List<Endpoint> endpoints = new ArrayList<>();

  /** Links from here, by the other party's index; filled on first use. */
  private final List<Link> links = new ArrayList<>();

  private final Map<Integer, Acceptor> acceptors = new TreeMap<>();

  /** Message faults on the client connections of this machine, oldest first. */
  private final List<ActiveInterference> interferences = new ArrayList<>();

  private final WallClock clock = new WallClock();
  private boolean paused;
  private boolean powered = true;
  private SimHost host;
  private long heldUntilNs;

  Party(String name, int index) {
    this.name = name;
    this.index = index;
  }

  String name() {
    return name;
  }

  int index() {
    return index;
  }

  /** Its machine's wall clock, which outlives the process. */
  WallClock clock() {
    return clock;
  }

  boolean paused() {
    return paused;
  }

  void paused(boolean now) {
    paused = now;
  }

  /** False between a power loss and the next boot: nothing answers, not even the kernel. */
  boolean powered() {
    return powered;
  }

  void powered(boolean now) {
    powered = now;
  }

  /** The node process that runs there; null if none does, or for a client. */
  SimHost host() {
    return host;
  }

  void host(SimHost now) {
    host = now;
    acceptors.clear();
  }

  /** Until then nothing is sent of what the event under way causes: it waits for the disk. */
  long heldUntilNs() {
    return heldUntilNs;
  }

  void holdUntil(long timeNs) {
    heldUntilNs = timeNs;
  }

  Map<Integer, Acceptor> acceptors() {
    return acceptors;
  }

  List<ActiveInterference> interferences() {
    return interferences;
  }

  List<Endpoint> endpoints() {
    return endpoints;
  }

  void add(Endpoint endpoint) {
    endpoint.position = endpoints.size();
    endpoints.add(endpoint);
  }

  void remove(Endpoint endpoint) {
    if (endpoint.position < 0) {
      return;
    }
    Endpoint last = endpoints.remove(endpoints.size() - 1);
    if (last != endpoint) {
      endpoints.set(endpoint.position, last);
      last.position = endpoint.position;
    }
    endpoint.position = -1;
  }

  Link existingLink(Party to) {
    return to.index < links.size() ? links.get(to.index) : null;
  }

  void link(Party to, Link link) {
    while (links.size() <= to.index) {
      links.add(null);
    }
    links.set(to.index, link);
  }
}
