package dev.trial.app.clients;

import java.util.ArrayList;
import java.util.List;

/** The last patch of every minor release of kafka-clients, and what it can do. */
final class Releases {

  /** Those that run in simulation. */
  static final List<String> SIMULATED =
      List.of(
          "2.8.2", "3.0.2", "3.1.2", "3.2.3", "3.3.2", "3.4.1", "3.5.2", "3.6.2", "3.7.2", "3.8.1",
          "3.9.2", "4.0.2", "4.1.2", "4.2.2", "4.3.1", "4.4.0");

  /** Those that only run on real time. */
  static final List<String> OLDER =
      List.of(
          "0.11.0.3",
          "1.0.2",
          "1.1.1",
          "2.0.1",
          "2.1.1",
          "2.2.2",
          "2.3.1",
          "2.4.1",
          "2.5.1",
          "2.6.3",
          "2.7.2");

  private Releases() {}

  static boolean since(String release, int major, int minor) {
    String[] parts = release.split("\\.");
    int own = Integer.parseInt(parts[0]);
    return own > major || own == major && Integer.parseInt(parts[1]) >= minor;
  }

  /** Groups of the new protocol: a preview since 3.7 (KIP-848). */
  static boolean knowsServerSideGroups(String release) {
    return since(release, 3, 7);
  }

  /** What the everyday client is to see with that release. */
  static List<String> expectedNotes(String release) {
    List<String> notes = new ArrayList<>();
    notes.add("produced, sum of offsets 2");
    notes.add("classic group [p0, p1, p2, p3]");
    notes.add("classic group goes on at 4");
    if (knowsServerSideGroups(release)) {
      notes.add("consumer group [p0, p1, p2, p3]");
      notes.add("consumer group goes on at 4");
    }
    notes.add("read_committed [p0, p2, committed, last]");
    notes.add("read_uncommitted [p0, p2, committed, aborted, last]");
    return notes;
  }
}
