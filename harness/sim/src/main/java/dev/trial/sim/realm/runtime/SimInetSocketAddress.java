package dev.trial.sim.realm.runtime;

import java.net.InetAddress;
import java.net.InetSocketAddress;

/** {@code new InetSocketAddress(host, port)} without a resolver of the machine. */
public class SimInetSocketAddress extends InetSocketAddress {
  private static final long serialVersionUID = 1L;

  public SimInetSocketAddress(String host, int port) {
    super(Names.addressOrNull(host), port);
  }

  public SimInetSocketAddress(InetAddress address, int port) {
    super(address, port);
  }

  public SimInetSocketAddress(int port) {
    super(port);
  }
}
