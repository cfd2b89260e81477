package dev.trial.sim.world;

import dev.trial.core.fault.Links;
import dev.trial.core.world.RandomStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Faults on the links. Each id owns what undoes its faults; overlapping ones add up. */
final class SimLinks implements Links {
  private final SimNetwork network;
  private final RandomStream random;
  private final Map<String, List<Runnable>> undo = new LinkedHashMap<>();

  SimLinks(SimNetwork network, RandomStream root) {
    this.network = network;
    this.random = root.fork("links");
  }

  @Override
  public void cut(String id, Collection<String> from, Collection<String> to) {
    for (String sender : from) {
      for (String receiver : to) {
        if (!sender.equals(receiver)) {
          cutOne(id, network.party(sender), network.party(receiver));
        }
      }
    }
  }

  private void cutOne(String id, Party from, Party to) {
    Link link = network.link(from, to);
    link.cutOnce();
    began(id, from, "cut from " + to.name());
    onHeal(
        id,
        () -> {
          link.healOnce();
          forEachFlow(from, to, Flow::retransmit);
        });
  }

  @Override
  public void delay(
      String id, Collection<String> one, Collection<String> other, long delayMs, long jitterMs) {
    for (String here : one) {
      for (String there : other) {
        if (!here.equals(there)) {
          delayOne(id, network.party(here), network.party(there), delayMs, jitterMs);
          delayOne(id, network.party(there), network.party(here), delayMs, jitterMs);
        }
      }
    }
  }

  private void delayOne(String id, Party from, Party to, long delayMs, long jitterMs) {
    Link link = network.link(from, to);
    RandomStream stream = random.fork(id + ":" + from.name() + ">" + to.name());
    Link.Delay delay = new Link.Delay(delayMs * 1_000_000L, jitterMs * 1_000_000L, stream);
    link.delays().add(delay);
    began(id, from, "delayed to " + to.name());
    onHeal(id, () -> removeSame(link.delays(), delay));
  }

  @Override
  public void freeze(
      String id, Collection<String> clients, Collection<String> machines, int bufferBytes) {
    for (String client : clients) {
      for (String machine : machines) {
        freezeOne(id, network.party(client), network.party(machine), bufferBytes);
      }
    }
  }

  private void freezeOne(String id, Party client, Party machine, int bufferBytes) {
    Link link = network.link(client, machine);
    Link.Freeze freeze = new Link.Freeze(bufferBytes);
    if (!link.frozen()) {
      forEachFlow(client, machine, flow -> clientEnd(flow, ClientEnd::freezeBegins));
    }
    link.freezes().add(freeze);
    began(id, client, "frozen to " + machine.name());
    onHeal(
        id,
        () -> {
          removeSame(link.freezes(), freeze);
          forEachFlow(
              client,
              machine,
              flow -> {
                flow.schedule();
                clientEnd(flow, ClientEnd::offerRoom);
              });
        });
  }

  private static void clientEnd(Flow flow, java.util.function.Consumer<ClientEnd> action) {
    if (flow.from instanceof ClientEnd) {
      action.accept((ClientEnd) flow.from);
    }
  }

  private static <T> void removeSame(List<T> list, T element) {
    for (int i = 0; i < list.size(); i++) {
      if (list.get(i) == element) {
        list.remove(i);
        return;
      }
    }
  }

  @Override
  public void reset(Collection<String> one, Collection<String> other) {
    for (String here : one) {
      for (String there : other) {
        Party from = network.party(here);
        Party to = network.party(there);
        began("reset", from, "reset to " + to.name());
        forEachFlow(from, to, network::reset);
        forEachFlow(to, from, network::reset);
      }
    }
  }

  @Override
  public void interfere(String id, Collection<String> machines, Interference interference) {
    for (String machine : machines) {
      Party party = network.party(machine);
      ActiveInterference active = new ActiveInterference(interference);
      party.interferences().add(active);
      began(id, party, interference.toString());
      onHeal(id, () -> removeSame(party.interferences(), active));
    }
  }

  @Override
  public void heal(String id) {
    List<Runnable> actions = undo.remove(id);
    if (actions != null) {
      actions.forEach(Runnable::run);
    }
  }

  @Override
  public void healAll() {
    List.copyOf(undo.keySet()).forEach(this::heal);
  }

  private void began(String id, Party party, String what) {
    network.note(TraceKind.FAULT, party, id.length(), what);
  }

  private void onHeal(String id, Runnable action) {
    undo.computeIfAbsent(id, unused -> new ArrayList<>()).add(action);
  }

  /** Every flow from one party to the other that something may still arrive by. */
  private void forEachFlow(Party from, Party to, java.util.function.Consumer<Flow> action) {
    for (Endpoint end : List.copyOf(to.endpoints())) {
      if (end.peer.party == from) {
        action.accept(end.in);
      }
    }
  }
}
