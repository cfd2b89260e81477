package dev.trial.core.run;

import dev.trial.core.history.Recorder;
import dev.trial.core.world.Clock;
import dev.trial.core.world.RandomStream;
import java.util.Map;

/** What a client process knows of the trial it takes part in. */
public interface ClientContext {

  /**
   * The client's name, shared by its incarnations; also its client.id and its party on the network.
   */
  String client();

  /** This process's id in the history; each incarnation has its own. */
  int process();

  /** 0 for the first process of this name. */
  int incarnation();

  /** Settings for the Kafka client, complete: bootstrap.servers and client.id included. */
  Map<String, String> settings();

  /** The program's own parameters. */
  Parameters parameters();

  Recorder recorder();

  Clock clock();

  /** This process's random stream for a concern. */
  RandomStream random(String concern);

  /** Waits. */
  void sleep(long ms);

  /** True once the load phase is over: stop producing; consumers drain and leave when told. */
  boolean stopping();

  /** True once the process should close its clients and return. */
  boolean closing();

  /** Starts another thread of this same process (a worker pool, say). */
  void spawn(String name, Runnable body);
}
