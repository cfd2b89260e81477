package dev.trial.sim.world;

import dev.trial.core.world.Network.Acceptor;
import dev.trial.core.world.Network.Connection;
import dev.trial.core.world.Network.ConnectionListener;

/** A node's end of a connection, opened by it or accepted. */
final class NodeEnd extends Endpoint implements Connection {
  private final int port;
  private SimHost host;
  private ConnectionListener listener;

  /** An end that will be accepted at that port. */
  NodeEnd(Party party, int port) {
    super(party);
    this.port = port;
  }

  /** The connecting end. */
  NodeEnd(SimHost host, ConnectionListener listener) {
    super(host.party());
    this.port = -1;
    this.host = host;
    this.listener = listener;
  }

  @Override
  public void write(byte[] bytes) {
    if (!closed() && bytes.length > 0) {
      out.push(bytes);
    }
  }

  @Override
  public void close() {
    closeInOrder();
  }

  /** True while the connection request has not reached this machine yet. */
  boolean requestUnderWay() {
    return port >= 0 && state == State.OPENING;
  }

  @Override
  void requested() {
    host = party.host();
    if (host == null || !party.acceptors().containsKey(port)) {
      forget();
      out.push(Flow.RST);
      return;
    }
    state = State.OPEN;
    out.push(Flow.SYN_ACK);
    in.pushBack(Flow.ACCEPT);
  }

  @Override
  void accepted() {
    Acceptor acceptor = party.acceptors().get(port);
    if (closed() || state == State.LOST) {
      return;
    }
    if (acceptor == null) {
      forget();
      out.push(Flow.RST);
      return;
    }
    listener = acceptor.accepted(this, peer.party.name());
  }

  @Override
  void established() {
    if (state == State.OPENING) {
      state = State.OPEN;
      listener.connected();
    }
  }

  @Override
  void received(byte[] bytes) {
    listener.received(bytes);
  }

  @Override
  void broken() {
    if (listener != null) {
      listener.closed();
    }
  }

  @Override
  void acknowledged(int bytes) {
    // a node's writes are not bounded
  }
}
