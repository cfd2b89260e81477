package dev.trial.broker.wire;

import dev.trial.core.world.Host;
import dev.trial.core.world.Network.Address;
import dev.trial.core.world.Network.Connection;
import dev.trial.core.world.Network.ConnectionListener;
import dev.trial.core.world.Timers.Timer;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.IntFunction;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.ApiMessage;

/**
 * One connection per other node, kept open, over which calls go out and are answered in order. As
 * in Kafka's NetworkClient, a call that runs out of time breaks the connection and fails the others
 * on it.
 *
 * <p>A long-polled fetch holds back the answers behind it: parts of a node with other business use
 * an instance of their own, as Kafka's have channels of their own.
 */
public final class PeerConnections implements Peers {
  private static final long RECONNECT_BACKOFF_MS = 50;

  private final Host host;
  private final RequestScope scope;
  private final String clientId;
  private final IntFunction<Optional<Address>> addresses;
  private final Map<Integer, Peer> peers = new TreeMap<>();

  /**
   * @param clientId told to the other side in request headers
   * @param addresses where a node listens, empty while unknown
   */
  public PeerConnections(Host host, String clientId, IntFunction<Optional<Address>> addresses) {
    this.host = host;
    this.scope = RequestScope.of(host);
    this.clientId = clientId;
    this.addresses = addresses;
  }

  @Override
  public void call(int node, ApiMessage request, long timeoutMs, Reply reply) {
    call(node, request, ApiVersions.newest(ApiKeys.forId(request.apiKey())), timeoutMs, reply);
  }

  /**
   * As {@link Peers#call}, at a version of the caller's choice (a forwarded request keeps its own).
   */
  public void call(int node, ApiMessage request, short version, long timeoutMs, Reply reply) {
    Optional<Address> address = addresses.apply(node);
    if (address.isEmpty()) {
      host.timers().after(0, () -> reply.failed("no address of node " + node));
      return;
    }
    peers
        .computeIfAbsent(node, id -> new Peer())
        .call(
            address.get(),
            new Call(
                request.apiKey(),
                version,
                Envelope.request(request, version, 0, clientId),
                scope.bound(reply)),
            timeoutMs);
  }

  /** Closes all connections; outstanding calls fail. */
  public void close() {
    peers.values().forEach(peer -> peer.drop("closed"));
  }

  /** Closes the connections on which no answer is waited for. */
  public void closeIdle() {
    peers.values().stream().filter(Peer::idle).forEach(peer -> peer.drop("closed"));
  }

  /** A call on its way. What cannot be encoded is its caller's fault, and not the connection's. */
  private static final class Call {
    private final short api;
    private final short version;
    private final byte[] frame;
    private final Reply reply;
    private int correlationId;
    private Timer timeout;

    Call(short api, short version, byte[] frame, Reply reply) {
      this.api = api;
      this.version = version;
      this.frame = frame;
      this.reply = reply;
    }

    byte[] numbered(int number) {
      correlationId = number;
      return Envelope.renumbered(frame, number);
    }
  }

  /** Another node as seen from here. */
  private final class Peer {
    private final ArrayDeque<Call> unsent = new ArrayDeque<>();
    private final ArrayDeque<Call> sent = new ArrayDeque<>();
    private Address address;
    private Link link;
    private boolean connected;
    private boolean backingOff;
    private long notBeforeMs;
    private int correlations;

    void call(Address to, Call call, long timeoutMs) {
      if (address != null && !address.equals(to)) {
        drop("node moved to " + to);
      }
      address = to;
      call.timeout =
          host.timers().after(timeoutMs, () -> drop("no answer in " + timeoutMs + " ms"));
      unsent.add(call);
      if (connected) {
        sendAll();
      } else {
        connectWhenAllowed();
      }
    }

    boolean idle() {
      return sent.isEmpty() && unsent.isEmpty();
    }

    private void connectWhenAllowed() {
      if (link != null || backingOff) {
        return;
      }
      long waitMs = notBeforeMs - host.clock().millis();
      if (waitMs <= 0) {
        connect();
        return;
      }
      backingOff = true;
      host.timers()
          .after(
              waitMs,
              () -> {
                backingOff = false;
                if (!unsent.isEmpty()) {
                  connectWhenAllowed();
                }
              });
    }

    private void connect() {
      link = new Link(this);
      link.connection = host.network().connect(address, link);
    }

    private void sendAll() {
      for (Call call = unsent.poll(); call != null; call = unsent.poll()) {
        sent.add(call);
        link.connection.write(call.numbered(correlations++));
      }
    }

    private void framed(ByteBuffer frame) {
      Call call = sent.peek();
      if (call == null) {
        drop("an answer nobody asked for");
        return;
      }
      ApiMessage response;
      try {
        int id = Envelope.readResponseHeader(frame, call.api, call.version).correlationId();
        if (id != call.correlationId) {
          drop("answer " + id + " instead of " + call.correlationId);
          return;
        }
        response = Envelope.readResponse(frame, call.api, call.version);
      } catch (RuntimeException malformed) {
        drop("an answer that cannot be read: " + malformed.getMessage());
        return;
      }
      sent.poll();
      call.timeout.cancel();
      call.reply.answered(response);
    }

    /** Gives the connection up; every outstanding call fails. */
    private void drop(String why) {
      if (link != null) {
        Connection gone = link.connection;
        link.abandoned = true;
        link = null;
        if (gone != null) {
          gone.close();
        }
      }
      connected = false;
      notBeforeMs = host.clock().millis() + RECONNECT_BACKOFF_MS;
      List<Call> failed = new ArrayList<>(sent);
      failed.addAll(unsent);
      sent.clear();
      unsent.clear();
      failed.forEach(call -> call.timeout.cancel());
      failed.forEach(call -> call.reply.failed(why));
    }
  }

  /** The life of one connection; an abandoned one is not listened to. */
  private static final class Link implements ConnectionListener {
    private final Peer peer;
    private final Frames frames;
    private Connection connection;
    private boolean abandoned;

    Link(Peer peer) {
      this.peer = peer;
      this.frames = new Frames(this::framed);
    }

    private void framed(ByteBuffer frame) {
      if (!abandoned) {
        peer.framed(frame);
      }
    }

    @Override
    public void connected() {
      if (!abandoned) {
        peer.connected = true;
        peer.sendAll();
      }
    }

    @Override
    public void received(byte[] bytes) {
      if (!abandoned && !frames.received(bytes)) {
        peer.drop("frame length out of bounds");
      }
    }

    @Override
    public void closed() {
      if (!abandoned) {
        peer.drop("connection closed");
      }
    }
  }
}
