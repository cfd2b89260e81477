package dev.trial.nemesis.proxy;

import dev.trial.core.fault.Links;
import eu.rekawek.toxiproxy.Proxy;
import eu.rekawek.toxiproxy.ToxiproxyClient;
import eu.rekawek.toxiproxy.model.Toxic;
import eu.rekawek.toxiproxy.model.ToxicDirection;
import eu.rekawek.toxiproxy.model.toxic.Latency;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * Links through a Toxiproxy, wherever it runs, over one proxy per directed link. A cut is a
 * bandwidth of 0, which holds bytes back and lets them go when it is taken away; a reset closes a
 * proxy's connections and opens it again. Toxiproxy knows nothing of Kafka's messages: what needs
 * that is left to other links, in front of these.
 */
public final class ToxiproxyLinks implements Links {
  private final ToxiproxyClient toxiproxy;
  private final LinkParties parties;
  private final Links messages;
  private final Map<String, List<Cure>> cures = new TreeMap<>();

  /**
   * Faults by that Toxiproxy.
   *
   * @param clients names of the client processes started so far
   * @param messages does the faults on single messages and frozen connections
   */
  public ToxiproxyLinks(
      ToxiproxyClient toxiproxy,
      LinkRegistry registry,
      Supplier<List<String>> clients,
      Links messages) {
    this.toxiproxy = toxiproxy;
    this.parties = new LinkParties(registry, clients);
    this.messages = messages;
  }

  @Override
  public void cut(String id, Collection<String> from, Collection<String> to) {
    parties.streams(
        from,
        to,
        (proxy, upstream) ->
            toxic(
                id,
                proxy,
                "cut",
                upstream ? ToxicDirection.UPSTREAM : ToxicDirection.DOWNSTREAM,
                (link, name, direction) -> link.toxics().bandwidth(name, direction, 0)));
  }

  /** One way each, so that a round trip takes twice the delay, whoever opened the connection. */
  @Override
  public void delay(
      String id, Collection<String> one, Collection<String> other, long delayMs, long jitterMs) {
    for (String proxy : parties.between(one, other)) {
      for (ToxicDirection direction : ToxicDirection.values()) {
        toxic(
            id,
            proxy,
            "latency",
            direction,
            (link, name, way) -> slow(link, name, way, delayMs, jitterMs));
      }
    }
  }

  private static void slow(Proxy link, String name, ToxicDirection way, long delayMs, long jitterMs)
      throws IOException {
    Latency latency = link.toxics().latency(name, way, delayMs);
    if (jitterMs > 0) {
      latency.setJitter(jitterMs);
    }
  }

  @Override
  public void reset(Collection<String> one, Collection<String> other) {
    for (String name : parties.between(one, other)) {
      try {
        Proxy proxy = toxiproxy.getProxy(name);
        proxy.disable();
        proxy.enable();
      } catch (IOException e) {
        throw new UncheckedIOException("Toxiproxy did not reset " + name, e);
      }
    }
  }

  @Override
  public void freeze(
      String id, Collection<String> clients, Collection<String> machines, int bufferBytes) {
    messages.freeze(id, clients, machines, bufferBytes);
  }

  @Override
  public void interfere(String id, Collection<String> machines, Interference interference) {
    messages.interfere(id, machines, interference);
  }

  @Override
  public void heal(String id) {
    List<Cure> own = cures.remove(id);
    if (own != null) {
      own.forEach(Cure::take);
    }
    messages.heal(id);
  }

  @Override
  public void healAll() {
    List.copyOf(cures.keySet()).forEach(this::heal);
    messages.healAll();
  }

  private void toxic(
      String id, String proxy, String what, ToxicDirection direction, Affliction affliction) {
    String name = (what + "-" + id + "-" + direction).replace('/', '-');
    cures.computeIfAbsent(id, each -> new ArrayList<>()).add(new Cure(proxy, name));
    try {
      affliction.add(toxiproxy.getProxy(proxy), name, direction);
    } catch (IOException e) {
      throw new UncheckedIOException("Toxiproxy did not take " + name + " on " + proxy, e);
    }
  }

  /** Adds a toxic. */
  private interface Affliction {
    void add(Proxy proxy, String toxic, ToxicDirection direction) throws IOException;
  }

  /** Takes a toxic away; harmless if it never came to be. */
  private final class Cure {
    private final String proxy;
    private final String toxic;

    Cure(String proxy, String toxic) {
      this.proxy = proxy;
      this.toxic = toxic;
    }

    void take() {
      try {
        for (Toxic each : toxiproxy.getProxy(proxy).toxics().getAll()) {
          if (each.getName().equals(toxic)) {
            each.remove();
          }
        }
      } catch (IOException e) {
        throw new UncheckedIOException("Toxiproxy did not take " + toxic + " away", e);
      }
    }
  }
}
