package dev.trial.nemesis.proxy;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;

/** Where proxies may listen and connect to. */
enum Reach {
  /** This machine alone: 127.0.0.1, to loopback addresses. */
  LOOPBACK("127.0.0.1"),

  /** All interfaces and names: for a container of its own, whose network is its fence. */
  CONTAINER("0.0.0.0");

  private final String host;

  Reach(String host) {
    this.host = host;
  }

  /** A listener's own address, in text. */
  String listen(int port) {
    return host + ":" + port;
  }

  InetSocketAddress listener(int port) throws UnknownHostException {
    return new InetSocketAddress(InetAddress.getByName(host), port);
  }

  /** Reads an upstream; IllegalArgumentException if it is none, or out of reach. */
  InetSocketAddress upstream(String text) {
    int colon = text.lastIndexOf(':');
    if (colon < 0) {
      throw new IllegalArgumentException("expected HOST:PORT, found '" + text + "'");
    }
    InetSocketAddress address =
        new InetSocketAddress(
            text.substring(0, colon), Integer.parseInt(text.substring(colon + 1)));
    if (this == LOOPBACK && (address.isUnresolved() || !address.getAddress().isLoopbackAddress())) {
      throw new IllegalArgumentException("not a loopback address: '" + text + "'");
    }
    return address;
  }
}
