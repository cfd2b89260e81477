package dev.trial.nemesis.proxy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Which proxy carries the connections that one party opens to another. All clients share one proxy
 * per broker, under the source {@link #CLIENTS}.
 */
public final class LinkRegistry {
  /** The source of client connections. */
  public static final String CLIENTS = "clients";

  private final Map<String, Map<String, String>> proxies = new TreeMap<>();

  /** Connections from {@code source} to {@code target} go through this proxy. */
  public void register(String source, String target, String proxy) {
    proxies.computeIfAbsent(source, name -> new TreeMap<>()).put(target, proxy);
  }

  /** The proxy of a directed link; empty if there are no such connections. */
  public Optional<String> proxy(String source, String target) {
    return Optional.ofNullable(proxies.getOrDefault(source, Map.of()).get(target));
  }

  /** Every proxy, in order of source and target. */
  public List<String> all() {
    List<String> all = new ArrayList<>();
    proxies.values().forEach(targets -> all.addAll(targets.values()));
    return all;
  }
}
