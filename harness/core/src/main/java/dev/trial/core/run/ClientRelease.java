package dev.trial.core.run;

import java.util.Comparator;

/**
 * A release of kafka-clients by its number.
 *
 * @param patch 0 where the text tells none
 */
public record ClientRelease(int major, int minor, int patch) implements Comparable<ClientRelease> {
  private static final Comparator<ClientRelease> ORDER =
      Comparator.comparingInt(ClientRelease::major)
          .thenComparingInt(ClientRelease::minor)
          .thenComparingInt(ClientRelease::patch);
  private static final ClientRelease NEWEST =
      new ClientRelease(Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE);

  /** Reads MAJOR.MINOR.PATCH; what has no number counts as newer than any that has one. */
  public static ClientRelease of(String version) {
    String[] parts = version.split("[.-]");
    try {
      int patch = parts.length > 2 ? Integer.parseInt(parts[2]) : 0;
      return new ClientRelease(Integer.parseInt(parts[0]), Integer.parseInt(parts[1]), patch);
    } catch (NumberFormatException | ArrayIndexOutOfBoundsException notNumbered) {
      return NEWEST;
    }
  }

  /** True if it is older than that one, such as 3.0 or 4.0.2. */
  public boolean before(String version) {
    return compareTo(of(version)) < 0;
  }

  @Override
  public int compareTo(ClientRelease other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return major + "." + minor + "." + patch;
  }
}
