package dev.trial.nemesis.proxy;

import dev.trial.core.world.RandomStream;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/** One proxied link: a listener, an upstream address, toxics and open connections. */
final class LinkProxy implements AutoCloseable {
  private static final int CONNECT_TIMEOUT_MS = 5_000;

  private final String name;
  private final boolean kafka;
  private final RefusalCodec codec;
  private final Reach reach;
  private final List<Toxic> toxics = new CopyOnWriteArrayList<>();
  private final Set<ProxiedConnection> connections = ConcurrentHashMap.newKeySet();
  private final AtomicLong accepted = new AtomicLong();
  private volatile String upstream;
  private volatile ServerSocket listener;
  private volatile Thread acceptor;
  private volatile int port;

  LinkProxy(String name, int port, String upstream, boolean kafka, RefusalCodec codec, Reach reach)
      throws IOException {
    this.name = name;
    this.port = port;
    this.upstream = upstream;
    this.kafka = kafka;
    this.codec = codec;
    this.reach = reach;
    enable();
  }

  String name() {
    return name;
  }

  String listen() {
    return reach.listen(port);
  }

  int port() {
    return port;
  }

  String upstream() {
    return upstream;
  }

  boolean kafka() {
    return kafka;
  }

  boolean enabled() {
    return listener != null;
  }

  RefusalCodec codec() {
    return codec;
  }

  List<Toxic> toxics() {
    return toxics;
  }

  synchronized void setUpstream(String address) {
    reach.upstream(address);
    upstream = address;
  }

  synchronized void enable() throws IOException {
    if (listener != null) {
      return;
    }
    ServerSocket opened = new ServerSocket();
    opened.setReuseAddress(true);
    try {
      opened.bind(reach.listener(port));
    } catch (IOException e) {
      opened.close();
      throw e;
    }
    port = opened.getLocalPort();
    listener = opened;
    acceptor = thread("accept " + name, () -> accept(opened));
    acceptor.start();
  }

  /** Closes the listener and every connection. */
  synchronized void disable() throws IOException {
    ServerSocket open = listener;
    if (open == null) {
      return;
    }
    listener = null;
    open.close();
    join(acceptor);
    connections.forEach(connection -> connection.close(false));
    connections.forEach(ProxiedConnection::awaitEnd);
  }

  /** Resets every open connection (RST). */
  void reset() {
    connections.forEach(connection -> connection.close(true));
  }

  synchronized void add(Toxic toxic) {
    if (toxics.stream().anyMatch(other -> other.name().equals(toxic.name()))) {
      throw new IllegalStateException("toxic already exists");
    }
    toxics.add(toxic);
  }

  synchronized void replace(Toxic toxic) {
    toxics.replaceAll(other -> other.name().equals(toxic.name()) ? toxic : other);
  }

  synchronized boolean remove(String toxic) {
    return toxics.removeIf(other -> other.name().equals(toxic));
  }

  void forget(ProxiedConnection connection) {
    connections.remove(connection);
  }

  @Override
  public void close() throws IOException {
    disable();
  }

  static Thread thread(String name, Runnable body) {
    Thread thread = new Thread(body, "trial-proxy " + name);
    thread.setDaemon(true);
    return thread;
  }

  static void join(Thread thread) {
    if (thread == Thread.currentThread()) {
      return;
    }
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void accept(ServerSocket from) {
    while (!from.isClosed()) {
      try {
        connect(from.accept());
      } catch (IOException e) {
        // Either the listener was closed, or one client went away before it was served.
      }
    }
  }

  private void connect(Socket client) throws IOException {
    Socket server = new Socket();
    try {
      server.connect(reach.upstream(upstream), CONNECT_TIMEOUT_MS);
    } catch (IOException e) {
      client.close();
      server.close();
      throw e;
    }
    RandomStream random = new RandomStream(accepted.getAndIncrement()).fork(name);
    ProxiedConnection connection = new ProxiedConnection(this, client, server, random);
    connections.add(connection);
    connection.start();
    if (listener == null) {
      connection.close(false);
    }
  }
}
