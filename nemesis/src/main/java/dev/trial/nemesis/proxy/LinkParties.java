package dev.trial.nemesis.proxy;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

/**
 * Whose bytes go through which proxy. Bytes from a to b travel upstream on connections that a
 * opened and downstream on those that b opened. Clients share a proxy per broker, so a fault on
 * some of the clients alone is refused.
 */
final class LinkParties {
  private final LinkRegistry registry;
  private final Supplier<List<String>> clients;

  /** {@code clients} are the names of the client processes started so far. */
  LinkParties(LinkRegistry registry, Supplier<List<String>> clients) {
    this.registry = registry;
    this.clients = clients;
  }

  /** Tells each proxy and stream (true: upstream) that carries bytes from one to another. */
  void streams(Collection<String> from, Collection<String> to, BiConsumer<String, Boolean> stream) {
    List<String> sources = parties(from);
    List<String> targets = parties(to);
    for (String source : sources) {
      for (String target : targets) {
        registry.proxy(source, target).ifPresent(proxy -> stream.accept(proxy, true));
        registry.proxy(target, source).ifPresent(proxy -> stream.accept(proxy, false));
      }
    }
  }

  /** Proxies of connections that either opened to the other, each once. */
  Collection<String> between(Collection<String> one, Collection<String> other) {
    Collection<String> found = new TreeSet<>();
    streams(one, other, (proxy, upstream) -> found.add(proxy));
    return found;
  }

  /** The same parties with all clients as one; some of them alone cannot be told apart here. */
  private List<String> parties(Collection<String> names) {
    List<String> all = clients.get();
    List<String> parties = new ArrayList<>(names);
    parties.removeAll(all);
    boolean any = names.stream().anyMatch(all::contains);
    if (any && !names.containsAll(all)) {
      throw new UnsupportedOperationException(
          "clients share one proxy per broker: a fault on some of " + all + " is not possible");
    }
    if (any && !parties.contains(LinkRegistry.CLIENTS)) {
      parties.add(LinkRegistry.CLIENTS);
    }
    return parties;
  }
}
