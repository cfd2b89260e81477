package dev.trial.nemesis.proxy;

import dev.trial.core.fault.Links;
import eu.rekawek.toxiproxy.ToxiproxyClient;
import eu.rekawek.toxiproxy.model.ToxicDirection;
import eu.rekawek.toxiproxy.model.ToxicList;
import eu.rekawek.toxiproxy.model.toxic.Latency;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/** Links between live processes through the embedded proxies, one per directed link. */
public final class LiveLinks implements Links {
  private final ProxyServer server;
  private final ToxiproxyClient toxiproxy;
  private final LinkRegistry registry;
  private final LinkParties parties;
  private final Map<String, List<Runnable>> undo = new TreeMap<>();

  /**
   * @param clients names of the client processes started so far
   */
  public LiveLinks(ProxyServer server, LinkRegistry registry, Supplier<List<String>> clients) {
    this.server = server;
    this.registry = registry;
    this.parties = new LinkParties(registry, clients);
    toxiproxy = new ToxiproxyClient("127.0.0.1", server.httpPort());
  }

  @Override
  public void cut(String id, Collection<String> from, Collection<String> to) {
    parties.streams(from, to, (proxy, upstream) -> afflict(id, proxy, "cut", upstream, Map.of()));
  }

  @Override
  public void delay(
      String id, Collection<String> one, Collection<String> other, long delayMs, long jitterMs) {
    for (String proxy : parties.between(one, other)) {
      slow(id, proxy, delayMs, jitterMs);
    }
  }

  /**
   * The proxy reads {@code bufferBytes} more and stops. The kernel's own socket buffers come on top
   * of that: how full a client finds its socket is not exact on live targets.
   */
  @Override
  public void freeze(
      String id, Collection<String> clients, Collection<String> machines, int bufferBytes) {
    Map<String, String> attributes = Map.of("buffer", String.valueOf(bufferBytes));
    for (String proxy : parties.between(clients, machines)) {
      afflict(id, proxy, "kafka_freeze", true, attributes);
    }
  }

  @Override
  public void reset(Collection<String> one, Collection<String> other) {
    parties.between(one, other).forEach(server::reset);
  }

  /** The count holds for each machine. */
  @Override
  public void interfere(String id, Collection<String> machines, Interference interference) {
    for (String machine : machines) {
      registry
          .proxy(LinkRegistry.CLIENTS, machine)
          .ifPresent(proxy -> interfere(id, proxy, interference));
    }
  }

  @Override
  public void heal(String id) {
    List<Runnable> steps = undo.remove(id);
    if (steps != null) {
      steps.forEach(Runnable::run);
    }
  }

  @Override
  public void healAll() {
    List.copyOf(undo.keySet()).forEach(this::heal);
  }

  private void interfere(String id, String proxy, Interference interference) {
    Map<String, String> attributes = new TreeMap<>();
    attributes.put("api", interference.api());
    attributes.put("count", String.valueOf(interference.count()));
    if (interference instanceof Interference.DropAnswer) {
      afflict(id, proxy, "kafka_drop", false, attributes);
    } else if (interference instanceof Interference.DelayAnswer delay) {
      attributes.put("delay", String.valueOf(delay.delayMs()));
      afflict(id, proxy, "kafka_delay", false, attributes);
    } else if (interference instanceof Interference.DelayRequest delay) {
      attributes.put("delay", String.valueOf(delay.delayMs()));
      afflict(id, proxy, "kafka_delay", true, attributes);
    } else if (interference instanceof Interference.Refuse refuse) {
      attributes.put("error", refuse.error());
      afflict(id, proxy, "kafka_refuse", true, attributes);
    }
  }

  /** One way each, so that a round trip takes twice the delay, whoever opened the connection. */
  private void slow(String id, String proxy, long delayMs, long jitterMs) {
    try {
      ToxicList toxics = toxiproxy.getProxy(proxy).toxics();
      for (ToxicDirection direction : ToxicDirection.values()) {
        String name = "latency-" + id.replace('/', '-') + "-" + direction;
        undone(id, () -> server.cure(proxy, name));
        Latency latency = toxics.latency(name, direction, delayMs);
        if (jitterMs > 0) {
          latency.setJitter(jitterMs);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void afflict(
      String id, String proxy, String type, boolean upstream, Map<String, String> attributes) {
    String toxic = server.afflict(proxy, type, upstream, attributes);
    undone(id, () -> server.cure(proxy, toxic));
  }

  private void undone(String id, Runnable step) {
    undo.computeIfAbsent(id, name -> new ArrayList<>()).add(step);
  }
}
