package dev.trial.core.world;

import dev.trial.core.fault.Links;

/** The machines of one cluster and the network between them. */
public interface Machines {

  /** The machine of that name, made on first use. */
  Machine machine(String name);

  /** Faults on the links between machines and clients. */
  Links links();
}
