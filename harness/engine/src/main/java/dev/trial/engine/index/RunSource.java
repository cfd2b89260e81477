package dev.trial.engine.index;

import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;

/**
 * Where runs are recorded: a campaign with its journal, or the directory of a single run.
 *
 * @param writtenAt when that was last written
 */
record RunSource(Path directory, boolean campaign, Instant writtenAt) {

  LocalDate day() {
    return LocalDate.ofInstant(writtenAt, ZoneOffset.UTC);
  }
}
