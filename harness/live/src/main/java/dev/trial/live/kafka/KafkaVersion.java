package dev.trial.live.kafka;

import java.nio.file.Path;
import java.util.List;

/** A released Kafka version, as far as it matters to how nodes are set up. */
public record KafkaVersion(String text, int major, int minor) {

  /** The versions that were tried. */
  public static final List<String> KNOWN = List.of("4.3.1", "4.4.0", "3.9.2", "3.8.0");

  /** Reads MAJOR.MINOR.PATCH; IllegalArgumentException if it is none. */
  public static KafkaVersion of(String text) {
    String[] parts = text.split("\\.");
    try {
      return new KafkaVersion(text, Integer.parseInt(parts[0]), Integer.parseInt(parts[1]));
    } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
      throw new IllegalArgumentException(
          "'" + text + "' is no Kafka version; write one such as " + KNOWN.get(0), e);
    }
  }

  /**
   * Its jars, from Maven Central the first time; ArtifactMissingException where there is no such
   * release, RepositoryUnreachableException where that cannot be asked.
   */
  public List<Path> jars() {
    return KafkaDistribution.jars(this);
  }

  boolean atLeast(int otherMajor, int otherMinor) {
    return major != otherMajor ? major > otherMajor : minor >= otherMinor;
  }

  /**
   * From 3.9 on (KIP-853) nodes learn the leader's address from its listeners, so controllers need
   * one for each source as well; before, {@code controller.quorum.voters} alone says it.
   */
  boolean controllerListenerPerSource() {
    return atLeast(3, 9);
  }
}
