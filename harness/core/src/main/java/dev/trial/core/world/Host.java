package dev.trial.core.world;

/**
 * What a running node process may touch: everything of the outside comes through here. All
 * callbacks of one host run one after the other on its event loop.
 */
public interface Host {

  /** The machine's name, which others connect to. */
  String name();

  Clock clock();

  Timers timers();

  Network network();

  Disk disk();

  /** The host's random stream for a concern; the same name gives the same stream. */
  RandomStream random(String concern);

  /** One line for the broker's log. */
  void log(String line);
}
