package dev.trial.nemesis.proxy;

import dev.trial.core.world.RandomStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** A client's connection and its twin to the server, one pump each way. */
final class ProxiedConnection {
  private static final int REQUEST_HEADER_BYTES = 8;

  private final LinkProxy proxy;
  private final Socket client;
  private final Socket server;
  private final Pump up;
  private final Pump down;
  private final Thread upThread;
  private final Thread downThread;
  private final AtomicInteger ended = new AtomicInteger();
  private final RandomStream random;
  private final Map<String, Boolean> affected = new ConcurrentHashMap<>();
  private final Deque<Outstanding> outstanding = new ArrayDeque<>();
  private volatile boolean swallowing;

  /** A request that waits for its answer; {@code refusal} is that answer when it is ours. */
  private record Outstanding(int apiKey, byte[] refusal) {}

  ProxiedConnection(LinkProxy proxy, Socket client, Socket server, RandomStream random)
      throws IOException {
    this.proxy = proxy;
    this.client = client;
    this.server = server;
    this.random = random;
    client.setTcpNoDelay(true);
    server.setTcpNoDelay(true);
    up = new Pump(this, Toxic.UPSTREAM, client, server, random.fork(Toxic.UPSTREAM));
    down = new Pump(this, Toxic.DOWNSTREAM, server, client, random.fork(Toxic.DOWNSTREAM));
    upThread = LinkProxy.thread(proxy.name() + " up", up);
    downThread = LinkProxy.thread(proxy.name() + " down", down);
  }

  void start() {
    upThread.start();
    downThread.start();
  }

  LinkProxy proxy() {
    return proxy;
  }

  /** Whether a toxic hits this connection: drawn once per toxic. */
  boolean affectedBy(Toxic toxic) {
    return affected.computeIfAbsent(
        toxic.name(), name -> random.fork(name).nextDouble() < toxic.toxicity());
  }

  /** The bytes to forward for a request, null to keep it; notes the answer that is to come. */
  byte[] request(byte[] frame) {
    if (frame.length < REQUEST_HEADER_BYTES) {
      return frame;
    }
    int apiKey = ByteBuffer.wrap(frame).getShort();
    Optional<byte[]> refusal = refusal(frame, apiKey);
    if (refusal.isPresent() || proxy.codec().expectsAnswer(frame)) {
      synchronized (outstanding) {
        outstanding.add(new Outstanding(apiKey, refusal.orElse(null)));
        injectRefusals();
      }
    }
    return refusal.isPresent() ? null : frame;
  }

  /** The API that an answer belongs to: answers come in the order of their requests. */
  int answeredApi() {
    synchronized (outstanding) {
      Outstanding first = outstanding.poll();
      return first == null ? -1 : first.apiKey;
    }
  }

  /** After an answer: refusals whose turn has come are sent. */
  void answered() {
    synchronized (outstanding) {
      injectRefusals();
    }
  }

  /** From now on no answer passes any more, until somebody closes the connection. */
  void swallow() {
    swallowing = true;
  }

  boolean swallowing() {
    return swallowing;
  }

  void pumpEnded() {
    if (ended.incrementAndGet() == 2) {
      close(false);
    }
  }

  /** Closes both ends; with {@code hard} both peers see a reset. */
  void close(boolean hard) {
    if (hard) {
      // Both before either closes: a pump that sees its source closed closes the other end softly.
      linger(client);
      linger(server);
    }
    close(client);
    close(server);
    up.stop();
    down.stop();
    proxy.forget(this);
  }

  void awaitEnd() {
    LinkProxy.join(upThread);
    LinkProxy.join(downThread);
  }

  private Optional<byte[]> refusal(byte[] frame, int apiKey) {
    for (Toxic toxic : proxy.toxics()) {
      boolean fits = toxic.is("kafka_refuse") && affectedBy(toxic);
      if (fits && proxy.codec().apiKey(toxic.text("api")) == apiKey) {
        Optional<byte[]> answer = proxy.codec().refuse(frame, toxic.text("error"));
        if (answer.isPresent() && toxic.take()) {
          return answer;
        }
      }
    }
    return Optional.empty();
  }

  private void injectRefusals() {
    while (!outstanding.isEmpty() && outstanding.peek().refusal != null) {
      down.inject(outstanding.poll().refusal);
    }
  }

  /** From now on closing this socket is a reset. */
  private static void linger(Socket socket) {
    try {
      socket.setSoLinger(true, 0);
    } catch (IOException e) {
      // It is gone already.
    }
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // It is gone already.
    }
  }
}
