package dev.trial.live.machine;

import java.net.InetSocketAddress;

/** Where a name and port really are: straight to the machine, or through the link's proxy. */
public interface Routes {

  /** A machine listens: its real loopback address for its name and port. */
  void bound(String machine, int port, InetSocketAddress address);

  /** The address to connect to from one machine to another; null if nobody ever listened there. */
  InetSocketAddress route(String from, String to, int port);
}
