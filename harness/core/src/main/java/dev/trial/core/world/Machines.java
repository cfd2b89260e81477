package dev.trial.core.world;

import dev.trial.core.fault.Links;
import dev.trial.core.fault.WallClocks;
import dev.trial.core.world.Network.Address;

/** The machines of one cluster and the network between them. */
public interface Machines {

  /** The machine of that name, made on first use. */
  Machine machine(String name);

  /**
   * Where clients, which are not among the machines, reach that port of a machine. May be asked
   * before the machine listens; never changes.
   */
  default Address clientAddress(String machine, int port) {
    return new Address(machine, port);
  }

  /** Faults on the links between machines and clients. */
  Links links();

  /** Faults on the wall clocks of machines and clients, where each has one of its own. */
  default WallClocks clocks() {
    throw new UnsupportedOperationException("machines and clients share one wall clock");
  }
}
