package dev.trial.nemesis.proxy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The embedded proxy server: its proxies by name, fast controls for this process, and the HTTP
 * interface of Toxiproxy for everybody else. Everything listens on 127.0.0.1, unless it has a
 * container of its own ({@link ProxyContainerMain}).
 */
public final class ProxyServer implements AutoCloseable {
  private final RefusalCodec codec;
  private final Reach reach;
  private final Map<String, LinkProxy> proxies = new TreeMap<>();
  private final AtomicInteger toxicNumber = new AtomicInteger();
  private final ProxyHttp http;

  private ProxyServer(RefusalCodec codec, Reach reach, int httpPort) throws IOException {
    this.codec = codec;
    this.reach = reach;
    http = new ProxyHttp(this, reach.listener(httpPort));
  }

  /** Starts a server on a free port. */
  public static ProxyServer start(RefusalCodec codec) throws IOException {
    return new ProxyServer(codec, Reach.LOOPBACK, 0);
  }

  /** Starts a server that is reached from elsewhere. */
  static ProxyServer start(RefusalCodec codec, Reach reach, int httpPort) throws IOException {
    return new ProxyServer(codec, reach, httpPort);
  }

  /** Port of the HTTP interface. */
  public int httpPort() {
    return http.port();
  }

  /**
   * Adds a proxy.
   *
   * @param port port to listen on, 0 for a free one
   * @param upstream HOST:PORT within reach
   * @param kafka whether the bytes are Kafka's frames, for {@code kafka_*} toxics
   * @return the port it listens on
   */
  public synchronized int add(String name, int port, String upstream, boolean kafka)
      throws IOException {
    if (proxies.containsKey(name)) {
      throw new IllegalStateException("proxy already exists");
    }
    LinkProxy proxy = new LinkProxy(name, port, upstream, kafka, codec, reach);
    proxies.put(name, proxy);
    return proxy.port();
  }

  /** Removes a proxy and closes its connections. */
  public synchronized void remove(String name) throws IOException {
    LinkProxy proxy = required(name);
    proxies.remove(name);
    proxy.close();
  }

  /**
   * Adds one of our own toxics and returns its name.
   *
   * @param upstream true for bytes towards the server
   */
  public String afflict(
      String proxy, String type, boolean upstream, Map<String, String> attributes) {
    String name = type + "-" + toxicNumber.incrementAndGet();
    String stream = upstream ? Toxic.UPSTREAM : Toxic.DOWNSTREAM;
    required(proxy).add(Toxic.of(name, type, stream, 1.0, attributes));
    return name;
  }

  /** Takes a toxic away; harmless if it is gone. */
  public void cure(String proxy, String toxic) {
    required(proxy).remove(toxic);
  }

  /** Resets every open connection of a proxy. */
  public void reset(String proxy) {
    required(proxy).reset();
  }

  /** The upstream, once it is known or when it has moved. */
  public void upstream(String proxy, String address) {
    required(proxy).setUpstream(address);
  }

  /** Enables every proxy and removes every toxic. */
  public synchronized void resetAll() throws IOException {
    for (LinkProxy proxy : proxies.values()) {
      proxy.toxics().clear();
      proxy.enable();
    }
  }

  @Override
  public synchronized void close() throws IOException {
    http.close();
    for (LinkProxy proxy : proxies.values()) {
      proxy.close();
    }
    proxies.clear();
  }

  synchronized List<LinkProxy> all() {
    return new ArrayList<>(proxies.values());
  }

  synchronized LinkProxy find(String name) {
    return proxies.get(name);
  }

  private LinkProxy required(String name) {
    LinkProxy proxy = find(name);
    if (proxy == null) {
      throw new IllegalArgumentException("no proxy '" + name + "'");
    }
    return proxy;
  }
}
