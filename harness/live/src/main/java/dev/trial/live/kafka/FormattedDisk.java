package dev.trial.live.kafka;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.common.Uuid;

/**
 * Disks of a new cluster, which are alike but for whom they belong to: the storage tool takes a
 * second for each, so that one controller's is the model of all others.
 */
final class FormattedDisk {
  static final String META = "meta.properties";

  private FormattedDisk() {}

  /**
   * Copies what the storage tool wrote. Since 4.4 the first metadata, with the levels of features,
   * lies in a controller's metadata log as its first snapshot, and a broker has none of it; before,
   * it is a file beside {@code meta.properties} for both.
   */
  static void copy(Path model, Path disk, int node, boolean controller) throws IOException {
    try (Stream<Path> files = Files.walk(model)) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        Path within = model.relativize(file);
        if (controller || within.getNameCount() == 1) {
          Path copy = disk.resolve(within.toString());
          Files.createDirectories(copy.getParent());
          Files.copy(file, copy);
        }
      }
    }
    own(disk.resolve(META), node);
  }

  private static void own(Path meta, int node) throws IOException {
    List<String> lines = new ArrayList<>();
    for (String line : Files.readAllLines(meta)) {
      if (line.startsWith("node.id=")) {
        lines.add("node.id=" + node);
      } else if (line.startsWith("directory.id=")) {
        lines.add("directory.id=" + Uuid.randomUuid());
      } else {
        lines.add(line);
      }
    }
    Files.write(meta, lines);
  }
}
