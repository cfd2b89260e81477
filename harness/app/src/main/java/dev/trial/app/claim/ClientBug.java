package dev.trial.app.claim;

import dev.trial.app.release.ClientRelease;
import java.util.List;

/**
 * A bug of released kafka-clients that claims meet: docs/client-bugs.md has a row of each, with the
 * seed that proves it. What such a release does is expected of it, and of no other.
 */
public enum ClientBug {
  /** Callbacks never come after batches in flight were put back into the queue. */
  KAFKA_13794(new Releases("2.8.0", "3.0.2"), new Releases("3.1.0", "3.1.1")),
  /** A batch that fails again after its transaction is over takes the producer with it. */
  KAFKA_14830(
      new Releases("2.8.0", "3.9.2"),
      new Releases("4.0.0", "4.0.2"),
      new Releases("4.1.0", "4.1.2")),
  /** A committed offset is ignored by a consumer of KIP-848. */
  KAFKA_17066(new Releases("3.7.0", "4.0.0")),
  /** A race of KIP-848's first consumers: they may commit what is still worked on. */
  KAFKA_18641(new Releases("3.7.0", "4.0.0")),
  /** The same again, in many runs of a minute: no race any more, and no issue of its own yet. */
  KAFKA_18641_AGAIN(new Releases("4.2.0", "4.2.1"), Releases.from("4.3.1")),
  /** A buffer is given to the next batch while a request still writes from it. */
  KAFKA_19012(
      new Releases("2.8.0", "3.9.2"),
      new Releases("4.0.0", "4.0.2"),
      new Releases("4.1.0", "4.1.2")),
  /** A poll returns what it had of partitions that it has just told to be lost. */
  KAFKA_20321(new Releases("4.2.0", "4.3.0"));

  private final List<Releases> affected;

  ClientBug(Releases... affected) {
    this.affected = List.of(affected);
  }

  /** Releases from {@code first} on, before {@code fixed}, which is null where none is. */
  private record Releases(String first, String fixed) {

    static Releases from(String first) {
      return new Releases(first, null);
    }

    boolean contains(ClientRelease release) {
      return !release.before(first) && (fixed == null || release.before(fixed));
    }
  }

  /** Whether that release has it. */
  public boolean in(String client) {
    ClientRelease release = ClientRelease.of(client);
    return affected.stream().anyMatch(each -> each.contains(release));
  }

  /** Its issue, as people write it. */
  public String issue() {
    String[] parts = name().split("_");
    return parts[0] + "-" + parts[1];
  }
}
