package dev.trial.live.machine;

import java.net.InetSocketAddress;

/** Where a name and port really are: straight to the machine, or through the link's proxy. */
public interface Routes {

  /** A machine listens or will listen: its real loopback address for its name and port. */
  void bound(String machine, int port, InetSocketAddress address);

  /** The address to connect to from one machine to another; null if nobody is bound there. */
  InetSocketAddress route(String from, String to, int port);

  /** The address at which clients, which are no machines, reach a bound port. */
  InetSocketAddress clientRoute(String to, int port);
}
