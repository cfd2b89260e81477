package dev.trial.sim.realm.runtime;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** Name resolution in the simulated network. */
public final class Names {
  private static final byte[] UNBOUND_ADDRESS = {10, 0, 0, 1};

  private Names() {}

  /** Stands for {@code InetAddress.getAllByName(host)}. */
  public static InetAddress[] getAllByName(String host) throws UnknownHostException {
    return new InetAddress[] {getByName(host)};
  }

  /** Stands for {@code InetAddress.getByName(host)}. */
  public static InetAddress getByName(String host) throws UnknownHostException {
    byte[] address = Rt.kernel() == null ? UNBOUND_ADDRESS : Rt.kernel().resolve(host);
    if (address == null) {
      throw new UnknownHostException(host);
    }
    return InetAddress.getByAddress(host, address);
  }

  /** Stands for {@code InetAddress.getLocalHost()}. */
  public static InetAddress getLocalHost() throws UnknownHostException {
    return InetAddress.getByAddress("client", UNBOUND_ADDRESS);
  }

  /** Stands for {@code address.getCanonicalHostName()}. */
  public static String canonicalName(InetAddress address) {
    return address.getHostName();
  }

  static InetAddress addressOrNull(String host) {
    try {
      return getByName(host);
    } catch (UnknownHostException e) {
      // InetSocketAddress takes null for the wildcard address; the connection will be refused.
      return null;
    }
  }
}
