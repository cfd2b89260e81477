package dev.trial.nemesis;

import dev.trial.core.fault.Fault;
import dev.trial.core.fault.Links;
import dev.trial.core.fault.Links.Interference;
import java.util.ArrayList;
import java.util.List;

/** Faults on the network, each under ids of its own so that they overlap and heal one by one. */
final class LinkFaults {
  private static final String NO_CLIENT_LINKS = "has no client connections of its own";

  private final Links links;
  private final Parties parties;

  LinkFaults(Links links, Parties parties) {
    this.links = links;
    this.parties = parties;
  }

  /** Each hit party is cut from everybody on that side, other hit parties included. */
  Strike partition(int fault, List<String> whom, Fault.Partition how) {
    Healing healing = new Healing(fault);
    Runnable apply =
        () -> {
          for (String party : whom) {
            List<String> others = Parties.without(side(how.side()), List.of(party));
            if (how.direction() != Fault.Direction.INBOUND) {
              links.cut(healing.next(), List.of(party), others);
            }
            if (how.direction() != Fault.Direction.OUTBOUND) {
              links.cut(healing.next(), others, List.of(party));
            }
          }
        };
    return new Strike(whom, null, apply, healing);
  }

  /**
   * The hit brokers and, up to half of all, the next ones by id on one side, which is what the
   * history names; the other brokers on the other side.
   */
  Strike halves(int fault, List<String> whom) {
    List<String> all = parties.brokers();
    int size = Math.max(1, all.size() / 2);
    List<String> half = new ArrayList<>();
    whom.stream().filter(all::contains).limit(size).forEach(half::add);
    Parties.without(all, half).stream().limit((long) size - half.size()).forEach(half::add);
    List<String> rest = Parties.without(all, half);
    if (rest.isEmpty()) {
      return Strike.none("one broker alone cannot be split in halves");
    }
    Healing healing = new Healing(fault);
    Runnable apply =
        () -> {
          links.cut(healing.next(), half, rest);
          links.cut(healing.next(), rest, half);
        };
    return new Strike(half, null, apply, healing);
  }

  Strike latency(int fault, List<String> whom, Fault.Latency how) {
    Healing healing = new Healing(fault);
    Runnable apply =
        () -> {
          List<String> all = side(Fault.Side.ALL);
          // A pair of hit parties is slowed once, by the first of the two.
          List<String> done = new ArrayList<>();
          for (String party : whom) {
            done.add(party);
            List<String> others = Parties.without(all, done);
            links.delay(healing.next(), List.of(party), others, how.delayMs(), how.jitterMs());
          }
        };
    return new Strike(whom, null, apply, healing);
  }

  Strike freeze(int fault, List<String> whom, Fault.Freeze how) {
    List<String> machines = whom.stream().filter(parties::isBroker).toList();
    List<String> clients = whom.stream().filter(parties::isClient).toList();
    if (machines.isEmpty() && clients.isEmpty()) {
      return Strike.none(whom + " " + NO_CLIENT_LINKS);
    }
    Healing healing = new Healing(fault);
    Runnable apply =
        () -> {
          if (!machines.isEmpty()) {
            links.freeze(healing.next(), parties.clients(), machines, how.bufferBytes());
          }
          if (!clients.isEmpty()) {
            links.freeze(healing.next(), clients, parties.brokers(), how.bufferBytes());
          }
        };
    return new Strike(Parties.joined(machines, clients), null, apply, healing);
  }

  Strike reset(List<String> whom) {
    List<String> machines = whom.stream().filter(parties::isBroker).toList();
    List<String> clients = whom.stream().filter(parties::isClient).toList();
    if (machines.isEmpty() && clients.isEmpty()) {
      return Strike.none(whom + " " + NO_CLIENT_LINKS);
    }
    Runnable apply =
        () -> {
          if (!machines.isEmpty()) {
            links.reset(parties.clients(), machines);
          }
          if (!clients.isEmpty()) {
            links.reset(clients, parties.brokers());
          }
        };
    return Strike.once(Parties.joined(machines, clients), apply);
  }

  /** Faults by API sit at a broker's client port, whoever the client is. */
  Strike interfere(int fault, List<String> whom, Interference interference) {
    List<String> machines = whom.stream().filter(parties::isBroker).toList();
    if (machines.isEmpty()) {
      return Strike.none(whom + " is no broker: faults by API hit a broker's client port");
    }
    Healing healing = new Healing(fault);
    return new Strike(
        machines, null, () -> links.interfere(healing.next(), machines, interference), healing);
  }

  private List<String> side(Fault.Side side) {
    return switch (side) {
      case ALL -> Parties.joined(parties.nodes(), parties.clients());
      case BROKERS -> parties.brokers();
      case CONTROLLERS -> parties.controllers();
      case CLIENTS -> parties.clients();
    };
  }

  /** Heals every id it has handed out. */
  private final class Healing implements Runnable {
    private final String prefix;
    private final List<String> ids = new ArrayList<>();

    Healing(int fault) {
      prefix = "fault-" + fault + "/";
    }

    String next() {
      ids.add(prefix + ids.size());
      return ids.get(ids.size() - 1);
    }

    @Override
    public void run() {
      ids.forEach(links::heal);
    }
  }
}
