package dev.trial.app.command;

import dev.trial.containers.Engine;
import dev.trial.containers.ToxiproxySource;
import java.util.Optional;

/** What this machine can do with containers, for {@code trial doctor}. */
final class Containers {
  private Containers() {}

  static String here() {
    Optional<String> missing = Engine.missing();
    if (missing.isPresent()) {
      return "no: " + missing.get();
    }
    Engine engine = Engine.reach();
    return "engine " + engine.version() + "; " + ToxiproxySource.here(engine);
  }
}
