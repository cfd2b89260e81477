package dev.trial.sim.realm;

import java.io.IOException;
import java.nio.file.Path;

/** Finds or fetches the kafka-clients jar of a version. */
@FunctionalInterface
public interface JarSource {

  /** The jar's path; null if this source has none of that version. */
  Path find(String version) throws IOException;
}
