package dev.trial.core.run;

import dev.trial.core.cluster.Cluster;
import dev.trial.core.world.World;

/** A target opened for one run: its world, its cluster, its clients. */
public interface Environment extends AutoCloseable {

  World world();

  Cluster cluster();

  Clients clients();

  /** Runs the body as the main task of this world and returns when it has ended. */
  void execute(Runnable body);

  /** Rolling hash over everything that happened, hexadecimal; null where time is real. */
  String traceHash();

  @Override
  void close();
}
